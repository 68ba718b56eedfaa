export interface WrongParameter {
  readonly name: string;
  /** In plain English, what is expected; the open data speaks to programmers. */
  readonly reason: string;
}

/** An answer for programs that says what is wrong, in the form of RFC 9457; all wrong parameters at once. */
export function problem(
  status: number,
  title: string,
  detail: string,
  errors: readonly WrongParameter[] = [],
): Response {
  const body = { type: 'about:blank', title, status, detail, ...(errors.length > 0 && { errors }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'api-version': apiVersion },
  });
}

/** The version of the open data, as the NL API Design Rules ask it to be told. */
export const apiVersion = '1.0.0';

/** An answer with open data as JSON. */
export function openData(body: unknown, type = 'application/json; charset=utf-8'): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    headers: {
      'content-type': type,
      'api-version': apiVersion,
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=0',
    },
  });
}
