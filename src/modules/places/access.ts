/** Only the person at the terminal of the machine fills the map or replaces its borders; anyone else is a mistake in our code. */
export function insistOnOperator(viewerKind: string | null): void {
  if (viewerKind !== 'operator') throw new Error('Places are changed by the operator only.');
}
