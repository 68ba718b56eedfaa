/** The same question at an address with some answers changed; null leaves one out, and empty ones never show. */
export function askedAgain(
  path: string,
  search: string,
): (changed: Readonly<Record<string, string | null>>) => string {
  return (changed) => {
    const query = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changed)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    for (const [name, value] of [...query]) if (value === '') query.delete(name, value);
    const asked = query.toString();
    return asked === '' ? path : `${path}?${asked}`;
  };
}
