import type initiativesDesk from '../../../messages/nl/initiatives.desk.json';
import type initiatives from '../../../messages/nl/initiatives.json';
import type languages from '../../../messages/nl/languages.json';
import type placesDesk from '../../../messages/nl/places.desk.json';
import type places from '../../../messages/nl/places.json';
import type platform from '../../../messages/nl/platform.json';
import type relations from '../../../messages/nl/relations.json';

/** One file a room; Dutch is the source of the keys. */
interface Rooms {
  initiatives: typeof initiatives;
  'initiatives.desk': typeof initiativesDesk;
  languages: typeof languages;
  places: typeof places;
  'places.desk': typeof placesDesk;
  platform: typeof platform;
  relations: typeof relations;
}

/** 'room.key' of a text that exists in Dutch, and so in every language. */
export type MessageKey = {
  [Room in keyof Rooms]: `${Room}.${Extract<keyof Rooms[Room], string>}`;
}[keyof Rooms];
