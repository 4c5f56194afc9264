/**
 * What people know the models of each family as, by the family's name in a card: the `title` of each family in Python.
 *
 * @module
 */

/** @type {Readonly<Record<string, string>>} */
export const FAMILY_TITLES = {
  "paddle-picodet": "PicoDet by Paddle",
  "paddle-db": "DB text detector by Paddle",
  "ultralytics-detect": "YOLO by Ultralytics",
  "ultralytics-segment": "YOLO by Ultralytics",
  "ultralytics-obb": "YOLO by Ultralytics",
  "ultralytics-pose": "YOLO by Ultralytics",
  "ultralytics-classify": "YOLO by Ultralytics",
  "ultralytics-semantic": "YOLO by Ultralytics",
  "ultralytics-rtdetr": "RT-DETR by Ultralytics",
  yolov5: "YOLOv5",
  "yolov5-segment": "YOLOv5",
  "yolo-nas": "YOLO-NAS",
  yolov7: "YOLOv7",
  yolov6: "YOLOv6",
  yolox: "YOLOX",
  semantic: "Class map of any maker",
  described: "Described by hand",
};
