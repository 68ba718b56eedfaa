import type { Outline } from './boundaries/model.ts';
import type { ColumnType, Generated } from 'kysely';

interface ProvinceTable {
  code: string;
  name: string;
  lat: number;
  lon: number;
}

interface MunicipalityTable {
  code: string;
  name: string;
  province_code: string;
  lat: number;
  lon: number;
  size: number;
}

interface PlaceTable {
  id: string;
  name: string;
  municipality_code: string;
  lat: number;
  lon: number;
  size: number;
}

interface PlaceNameTable {
  folded: string;
  name: string;
  language: string;
  usual: boolean;
  place_id: string | null;
  municipality_code: string | null;
  province_code: string | null;
}

interface BoundaryTable {
  municipality_code: string;
  /** GeoJSON MultiPolygon coordinates travel as text in, parsed out. */
  outline: ColumnType<{ type: 'MultiPolygon'; coordinates: Outline }, string, string>;
  source: string;
  imported_at: Generated<Date>;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'pub.province': ProvinceTable;
    'pub.municipality': MunicipalityTable;
    'pub.place': PlaceTable;
    'pub.place_name': PlaceNameTable;
    'pub.boundary': BoundaryTable;
  }
}
