import type { Day } from '#platform/clock.ts';
import type { Theme } from '../initiatives/model.ts';

interface ToldCountTable {
  province: string;
  theme: Theme;
  year: number;
  people: number;
}

interface OpenToldTable {
  province: string;
  theme: Theme;
  year: number;
  at_least: number;
}

interface OpenToldCountingTable {
  day: Day;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.told_count': ToldCountTable;
    'pub.told': OpenToldTable;
    'pub.told_counting': OpenToldCountingTable;
  }
}
