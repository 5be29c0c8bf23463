/** The image formats that can be identified. */
export type ImageType = "png" | "jpg";
