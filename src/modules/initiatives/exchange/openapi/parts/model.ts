/** The house whose doors are described: its address, and where questions may be mailed. */
export interface House {
  readonly origin: string;
  readonly mail: string;
}

export const string = { type: 'string' } as const;
export const day = { type: 'string', format: 'date', examples: ['2016-02-09'] } as const;
export const moment = {
  type: 'string',
  format: 'date-time',
  examples: ['2026-11-21T10:00:00.000Z'],
} as const;
export const key = { type: 'string', format: 'uuid' } as const;
export const listOf = (of: readonly string[]) => ({ type: 'array', items: { type: 'string', enum: of } });
export const maybe = (type: string) => ({ type: [type, 'null'] });
export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** A parameter of a query; `several` may be repeated. */
export function parameter(name: string, description: string, schema: object, several = false) {
  return {
    name,
    in: 'query',
    required: false,
    description,
    schema,
    ...(several && { style: 'form', explode: true }),
  };
}

/** The part of a path that names one thing. */
export const pathParameter = (name: string, description: string, schema: object) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

const versioned = { 'API-Version': { $ref: '#/components/headers/ApiVersion' } };

/** An answer 200 in one form, and the refusals that may come instead of it. */
export function answer(
  description: string,
  content: Readonly<Record<string, object>>,
  refusals: readonly (keyof typeof refusalsByStatus)[],
) {
  const told = Object.entries(content).map(([type, schema]) => [type, { schema }]);
  return {
    '200': { description, headers: versioned, content: Object.fromEntries(told) },
    ...Object.fromEntries(
      refusals.map((status) => [status, { $ref: `#/components/responses/${refusalsByStatus[status]}` }]),
    ),
  };
}

const refusalsByStatus = { '400': 'WrongParameters', '404': 'Absent', '406': 'NotAcceptable' } as const;

const refusal = (description: string) => ({
  description,
  headers: versioned,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});

/** What every description of ours refers to. */
export const sharedComponents = {
  headers: { ApiVersion: { description: 'The full version of this API.', schema: string } },
  responses: {
    WrongParameters: refusal('What is wrong, parameter by parameter; all of it at once.'),
    Absent: refusal('There is nothing by this name, or it may not be seen: these look the same.'),
    NotAcceptable: refusal('The answer does not exist in a form that was accepted.'),
  },
};

export const problemSchema = {
  type: 'object',
  description: 'What is wrong (RFC 9457).',
  required: ['title', 'status', 'detail'],
  properties: {
    type: string,
    title: string,
    status: { type: 'integer' },
    detail: string,
    errors: {
      type: 'array',
      items: { type: 'object', required: ['name', 'reason'], properties: { name: string, reason: string } },
    },
  },
};

/** A way to ask: its name, what it gives, its parameters and its answers. */
export const get = (
  operationId: string,
  tag: string,
  summary: string,
  parameters: readonly object[],
  responses: object,
) => ({ get: { operationId, summary, description: summary, tags: [tag], parameters, responses } });

/** What a description says of its house. */
export const infoOf = ({ origin, mail }: House, title: string, version: string, description: string) => ({
  title,
  version,
  description,
  license: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
  contact: { name: 'Steppingstones', url: `${origin}/nl/about`, email: mail },
});
