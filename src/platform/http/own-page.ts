const safe = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request that may change something comes from a page of this house. Browsers say by Origin and Sec-Fetch-Site where
 * a form stood, and neither can be forged by a page elsewhere; what says nothing of the kind is not let through. A page that
 * gives no referrer has the origin 'null', and then only Sec-Fetch-Site counts.
 */
export function comesFromOwnPage(
  { method, headers }: Pick<Request, 'method' | 'headers'>,
  home: string,
): boolean {
  if (safe.includes(method)) return true;
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin === null) return false;
  if (origin === 'null') return site === 'same-origin';
  return origin === home && (site === null || site === 'same-origin' || site === 'none');
}

/**
 * Whether a request carries nothing but its address: no cookie, and no mark of a browser. That is how a mail program taps a
 * link for its reader; there is nothing in it that a page elsewhere could abuse.
 */
export function comesBare({ headers }: Pick<Request, 'headers'>): boolean {
  return ['cookie', 'origin', 'sec-fetch-site', 'authorization'].every((name) => !headers.has(name));
}

const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** Whether a request that brings something brings it as a form of a page does. */
export function comesAsForm({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  if (safe.includes(method)) return true;
  const kind = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return forms.includes(kind);
}

/**
 * Lets a body that says it is a form and cannot be read as one end in `otherwise`, and not in a surprise of the door; also one
 * with the sign NUL in it, which no keyboard types and no database keeps.
 */
export function readsForm(request: Request, otherwise: () => never): void {
  const read = request.formData.bind(request);
  request.formData = async () => {
    const form = await read().catch(otherwise);
    const hasNul = [...form].some((pair) =>
      pair.some((part) => typeof part === 'string' && part.includes('\0')),
    );
    return hasNul ? otherwise() : form;
  };
}
