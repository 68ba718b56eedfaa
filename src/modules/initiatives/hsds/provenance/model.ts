import type { Day } from '#platform/clock.ts';
import { lastingKey } from '#platform/ids.ts';
import { differing } from '../../keeping/model.ts';
import type { OpenEntry } from '../../exchange/whole/model.ts';
import { serviceKey, statusOf } from '../model.ts';

interface Step {
  readonly day: Day;
  readonly field: string;
  readonly before: string;
  readonly after: string;
  readonly by: string;
}

const history = (of: string, type: 'organization' | 'service', steps: readonly Step[]) =>
  steps.map((step) => ({
    id: lastingKey(of, 'metadata', step.day, step.field),
    resource_id: of,
    resource_type: type,
    last_action_date: step.day,
    last_action_type: 'update',
    field_name: step.field,
    previous_value: step.before,
    replacement_value: step.after,
    updated_by: step.by,
  }));

const columns = {
  name: 'name',
  kind: 'kind',
  formality: 'formality',
  ledBy: 'led_by',
  scope: 'scope',
  phases: 'phases',
  themes: 'themes',
  audiences: 'audiences',
  languages: 'languages',
} as const;

function stepsOf(entry: OpenEntry) {
  return entry.periods.flatMap((after, at) => {
    const before = entry.periods[at - 1];
    if (!before || after.from === null) return [];
    const by = entry.events.find((event) => event.day === after.from)?.saidBy ?? 'public-sources';
    return [{ before, after, day: after.from, by }];
  });
}

/** What was different of an organization from a day on, and when someone looked whether it is right. */
export function organizationHistory(entry: OpenEntry) {
  const steps = stepsOf(entry).flatMap(({ before, after, day, by }) =>
    (Object.keys(differing(before.shape, after.shape)) as (keyof typeof columns)[]).map((name) => ({
      day,
      field: columns[name],
      before: String(before.shape[name] ?? ''),
      after: String(after.shape[name] ?? ''),
      by,
    })),
  );
  const looked = [
    { day: entry.confirmedOn, field: 'confirmed', by: 'own' },
    { day: entry.checkedOn, field: 'checked', by: 'verifier' },
  ].flatMap(({ day, ...rest }) => (day === null ? [] : [{ day, before: '', after: day, ...rest }]));
  return history(entry.id, 'organization', [...steps, ...looked]);
}

/** How the state of a service changed. */
export function serviceHistory(entry: OpenEntry) {
  const steps = stepsOf(entry).flatMap(({ before, after, day, by }) =>
    before.state === after.state
      ? []
      : [
          {
            day,
            field: 'status',
            before: statusOf(before.state, true),
            after: statusOf(after.state, true),
            by,
          },
        ],
  );
  return history(serviceKey(entry.id), 'service', steps);
}
