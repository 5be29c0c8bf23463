/** The command line argument that makes a process of this program the image decoder. */
export const DECODER_ARGUMENT = "decode-images";
