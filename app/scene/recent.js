/**
 * The last few answers to a question that is slow to answer.
 */

/**
 * @template Question
 * @template Answer
 * @param {object} options
 * @param {number} options.most answers kept
 * @param {number} options.mostWeight of all that are kept together; the latest is kept whatever its weight
 * @param {(question: Question) => Promise<Answer>} options.ask a failed answer is not kept
 * @param {(answer: Answer) => void} options.drop takes what is kept no longer
 */
export function recent({ most, mostWeight, ask, drop }) {
  /** @type {Map<string, { answer: Promise<Answer>, weight: number }>} the one asked for last comes last */
  const kept = new Map();

  function forget() {
    let weight = 0;
    for (const [place, [key, one]] of [...kept].reverse().entries()) {
      weight += one.weight;
      if (place === 0 || (place < most && weight <= mostWeight)) continue;
      kept.delete(key);
      one.answer.then(drop, () => {});
    }
  }

  return {
    /**
     * @param {string} key of the question
     * @param {number} weight of the answer
     * @param {Question} question
     * @returns {Promise<Answer>}
     */
    get(key, weight, question) {
      const known = kept.get(key) ?? { answer: ask(question), weight };
      kept.delete(key);
      kept.set(key, known);
      known.answer.catch(() => {
        if (kept.get(key) === known) kept.delete(key);
      });
      forget();
      return known.answer;
    },
  };
}
