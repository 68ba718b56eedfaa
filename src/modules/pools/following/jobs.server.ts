import { now, today, type Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { house } from '#platform/viewer.ts';
import { nineInTheMorning } from '../../agendas/model.ts';
import { followAdvice, type Due } from './commands.server.ts';
import { writeTo } from './writing/commands.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'follow-advice': Record<string, never>;
    'write-of-advice': Due & { readonly day: Day };
  }
}

/** Follows every advice for a night; the letters leave at nine in the morning. A night that was missed is caught up with. */
export async function followEveryAdvice(): Promise<void> {
  const on = today();
  await withViewer(house, async (tx) => {
    const wait = Math.max(0, Math.round((nineInTheMorning(on).getTime() - now().getTime()) / 1000));
    for (const due of await followAdvice(tx, on))
      await putOff(
        tx,
        'write-of-advice',
        { ...due, day: on },
        { startAfterSeconds: wait, onlyOnce: `${due.consultation} ${due.what} ${on}` },
      );
  });
}

/** Writes one letter to each who has to know of it. */
export const writeOfAdvice = ({ consultation, what, day }: Due & { readonly day: Day }) =>
  withViewer(house, (tx) => writeTo(tx, consultation, what, day));

/** Tells who keeps the pool that it was asked, or the client whether it was taken. */
export const tellOfConsultation = ({
  consultation,
  what,
}: {
  readonly consultation: string;
  readonly what: 'asked' | 'decided';
}) => withViewer(house, (tx) => writeTo(tx, consultation, what, today()));

/** Tells experts that the advice lies before all, or the client that it was handed over. */
export const tellOfAdvice = ({
  consultation,
  what,
}: {
  readonly consultation: string;
  readonly what: 'before-all' | 'handed-over';
}) => withViewer(house, (tx) => writeTo(tx, consultation, what, today()));

/** Asks experts whether what the client said was an answer. */
export const tellOfAnswer = ({ consultation }: { readonly consultation: string }) =>
  withViewer(house, (tx) => writeTo(tx, consultation, 'answered', today()));
