import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export interface NewsListener {
  /** The line to the database is open; changes from here on will be heard. */
  readonly opened: () => void;
  /** Something was told on this channel, with these words. */
  readonly changed: (channel: string, words: string) => void;
  /** The line broke: changes may be missed until it is open again. */
  readonly broke: () => void;
}

/**
 * Hears what is told (NOTIFY) on these channels, by whichever process, and calls again when the line breaks; without channels
 * it hears every change of open data.
 */
export function hearNews(
  url: string,
  listener: NewsListener,
  channels: readonly string[] = ['data'],
): { stop(): Promise<void> } {
  let stopped = false;
  let current: pg.Client | undefined;
  const goOn = async () => {
    for (let wait = 50; !stopped; wait = Math.min(wait * 2, 1_000)) {
      const client = new pg.Client({
        connectionString: url,
        application_name: `steppingstones news${channels.includes('data') ? '' : ` of ${channels[0]}`}`,
        keepAlive: true,
        connectionTimeoutMillis: 3_000,
      });
      current = client;
      const ended = new Promise<void>((resolve) => {
        client.once('error', () => resolve());
        client.once('end', () => resolve());
      });
      try {
        await client.connect();
        client.on('notification', ({ channel, payload }) => listener.changed(channel, payload ?? ''));
        await client.query(
          channels.map((channel) => `listen ${client.escapeIdentifier(channel)}`).join('; '),
        );
        if (stopped) break;
        listener.opened();
        wait = 50;
        await Promise.race([ended, silence(client, () => stopped)]);
      } catch {
        // The same as a line that breaks: call again.
      }
      listener.broke();
      client.removeAllListeners('notification');
      void client.end().catch(() => undefined);
      if (!stopped) await pause(wait, undefined, { ref: false });
    }
  };
  const going = goOn();
  return {
    stop: async () => {
      stopped = true;
      await current?.end().catch(() => undefined);
      await Promise.race([going, pause(1_000, undefined, { ref: false })]);
    },
  };
}

/** Resolves when the other side no longer answers although the line seems open, as after a cut cable. */
async function silence(client: pg.Client, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    await pause(5_000, undefined, { ref: false });
    const answered = await Promise.race([
      client.query('select 1').then(
        () => true,
        () => false,
      ),
      pause(3_000, false, { ref: false }),
    ]);
    if (!answered) return;
  }
}
