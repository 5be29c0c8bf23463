/**
 * Text that Kubernetes hands to a program as it stands. The kubelet reads `$(NAME)` in variables,
 * arguments and probes as a reference and `$$` as an escaped dollar sign; Docker reads neither.
 */
export function verbatim(text: string): string {
  return text.replace(/\$(?=[$(])/g, "$$$$");
}
