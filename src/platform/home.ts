/** Where people open this house, as scheme and host, from STEPPINGSTONES_ADDRESS; null when nobody said so. */
export function home(): string | null {
  const said = process.env.STEPPINGSTONES_ADDRESS ?? '';
  return URL.canParse(said) ? new URL(said).origin : null;
}
