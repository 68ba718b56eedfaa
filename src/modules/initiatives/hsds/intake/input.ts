import * as v from 'valibot';
import type { FieldProblem, FieldReason } from '../../field/rows/input.ts';
import type { BroughtEntry } from './model.ts';
import { OrganizationReader, type HsdsWishes } from './organization/input.ts';
import { organizationRecord, reasonOf, serviceRecord, type ServiceRecord } from './records/input.ts';

type Read =
  | { readonly ok: true; readonly entries: BroughtEntry[] }
  | { readonly ok: false; readonly problems: FieldProblem[] };

/**
 * Reads organizations in the form of HSDS 3.0, with their services: a list, a page, `{organizations, services}`, or one alone.
 * Every wrong record is told with row, field and reason; one wrong record refuses the whole.
 */
export function entriesFromHsds(json: unknown, wishes: HsdsWishes, file = 'hsds'): Read {
  const problems: FieldProblem[] = [];
  const tell = (row: number, id: string, field: string, reason: FieldReason, found: unknown = '') =>
    void problems.push({ file, row, id, field, reason, found: shown(found) });
  const { organizations, services } = recordsIn(json);
  if (organizations === null) {
    tell(0, '', '', 'not_a_list');
    return { ok: false, problems };
  }
  const bySubject = servicesByOrganization(services);
  const entries: BroughtEntry[] = [];
  const seen = new Map<string, string>();
  for (const [at, record] of organizations.entries()) {
    const row = at + 1;
    const read = v.safeParse(organizationRecord, record);
    const id = String((record as { id?: unknown } | null)?.id ?? '');
    if (!read.success) {
      for (const issue of read.issues) tell(row, id, v.getDotPath(issue) ?? '', reasonOf(issue), issue.input);
      continue;
    }
    const before = problems.length;
    const reader = new OrganizationReader(read.output, wishes, (field, reason, found) =>
      tell(row, read.output.id, field, reason, found),
    );
    const own = [
      ...(read.output.services ?? []),
      ...(bySubject.get(read.output.id) ?? []),
    ] as Partial<ServiceRecord>[];
    const entry = reader.entry(row, own);
    if (seen.has(entry.id)) tell(row, entry.id, 'id', 'doubled', entry.id);
    seen.set(entry.id, entry.slug);
    if (problems.length === before) entries.push(entry);
  }
  const ids = new Set(entries.map((entry) => entry.id));
  // A relation to someone who is not in the file can still lead to someone who is in the house.
  for (const { row, id, relations } of entries)
    for (const relation of relations)
      if (relation.to === id) tell(row, id, 'relation', 'to_itself', relation.key);
  return problems.length > 0 || ids.size !== entries.length ? { ok: false, problems } : { ok: true, entries };
}

function recordsIn(json: unknown): { organizations: unknown[] | null; services: unknown[] } {
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const listIn = (value: unknown): unknown[] | null =>
    Array.isArray(value) ? value : isRecord(value) && Array.isArray(value.contents) ? value.contents : null;
  const list = listIn(json);
  if (list !== null) return { organizations: list, services: [] };
  if (!isRecord(json)) return { organizations: null, services: [] };
  if ('organizations' in json)
    return { organizations: listIn(json.organizations), services: listIn(json.services) ?? [] };
  return { organizations: 'id' in json && 'name' in json ? [json] : null, services: [] };
}

function servicesByOrganization(services: readonly unknown[]): Map<string, ServiceRecord[]> {
  const read = services.flatMap((service) => {
    const one = v.safeParse(serviceRecord, service);
    return one.success ? [one.output] : [];
  });
  return Map.groupBy(read, (service) => service.organization_id ?? '');
}

const shown = (value: unknown): string =>
  (typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : JSON.stringify(value)
  ).slice(0, 80);
