/**
 * Answers each question of the window by the handler of its kind.
 * @param {Record<string, (question: any) => Promise<unknown>>} handlers
 */
export function serve(handlers) {
  self.onmessage = async ({ data, ports: [port] }) => {
    try {
      port.postMessage({ answer: await handlers[data.kind](data) });
    } catch (error) {
      port.postMessage({ error: String(error?.stack ?? error) });
    }
  };
}
