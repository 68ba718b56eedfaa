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
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'api-version': apiVersion,
      'access-control-allow-origin': '*',
    },
  });
}

/** Some parameters are wrong, each named with what is expected of it. */
export const wrongParameters = (errors: readonly WrongParameter[]): Response =>
  problem(400, 'Bad request', 'Some parameters are wrong.', errors);

/** There is nothing by this name; what may not be seen looks the same. */
export const absent = (detail = 'There is no record with this id.'): Response =>
  problem(404, 'Not found', detail);

/** It lives on at another address, for good. */
export const moved = (location: string): Response => {
  const answer = problem(301, 'Moved permanently', `This lives on at ${location}.`);
  answer.headers.set('location', location);
  return answer;
};

/** The version of our own open data, as the NL API Design Rules ask it to be told. */
export const apiVersion = '1.1.0';
/** The same of the doors that speak HSDS. */
export const hsdsVersion = '3.0.0';

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

/** Which version of which doors answers at an address; null where no open data is. */
export function versionAt(path: string): string | null {
  if (/^\/hsds(\/|$)/.test(path)) return hsdsVersion;
  return /^\/data(\/|$)/.test(path) ? apiVersion : null;
}

/** The last look at an answer of the open data: it says its version, and is not sent in a form that was not asked for. */
export function toPrograms(path: string, accept: string | null, answer: Response): Response {
  const version = versionAt(path);
  if (version === null) return answer;
  const type = answer.headers.get('content-type') ?? '';
  const sent =
    answer.status === 200 && !accepts(accept, type)
      ? problem(406, 'Not acceptable', `This address answers ${type.split(';')[0]} only.`)
      : answer;
  sent.headers.set('api-version', version);
  return sent;
}

/** Whether an Accept header takes this type (RFC 9110, section 12.5.1); without a header anything is taken. */
export function accepts(accept: string | null, type: string): boolean {
  const [name = ''] = type.toLowerCase().split(';');
  const [main = ''] = name.split('/');
  const ranges = (accept ?? '').split(',').flatMap((part) => {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((each) => each.startsWith('q='));
    return range === '' ? [] : [{ range, taken: weight === undefined || Number(weight.slice(2)) > 0 }];
  });
  if (ranges.length === 0) return true;
  // The closest range decides.
  for (const wanted of [name, `${main}/*`, '*/*']) {
    const met = ranges.find(({ range }) => range === wanted);
    if (met) return met.taken;
  }
  return false;
}
