/** Someone who came by a word that was mailed to them or printed on their card, and so carries promises of one session. */
export interface Carrier {
  readonly kind: 'carrier';
  readonly id: string;
  readonly session: string;
}

/** The proof that a word opened the promises of this carrier. */
export const carrierBy = (opened: { readonly carrier: string; readonly session: string }): Carrier => ({
  kind: 'carrier',
  id: opened.carrier,
  session: opened.session,
});
