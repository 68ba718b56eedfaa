import type agendas from '../../../messages/nl/agendas.json';
import type agendasDesk from '../../../messages/nl/agendas.desk.json';
import type insights from '../../../messages/nl/insights.json';
import type landscape from '../../../messages/nl/landscape.json';
import type methods from '../../../messages/nl/methods.json';
import type room from '../../../messages/nl/room.json';
import type said from '../../../messages/nl/said.json';
import type sessions from '../../../messages/nl/sessions.json';
import type sessionsDesk from '../../../messages/nl/sessions.desk.json';
import type asking from '../../../messages/nl/asking.json';
import type consent from '../../../messages/nl/consent.json';
import type codingDesk from '../../../messages/nl/coding.desk.json';
import type duplicatesDesk from '../../../messages/nl/duplicates.desk.json';
import type following from '../../../messages/nl/following.json';
import type importsDesk from '../../../messages/nl/import.desk.json';
import type initiatives from '../../../messages/nl/initiatives.json';
import type initiativesDesk from '../../../messages/nl/initiatives.desk.json';
import type keeping from '../../../messages/nl/keeping.json';
import type languages from '../../../messages/nl/languages.json';
import type mail from '../../../messages/nl/mail.json';
import type media from '../../../messages/nl/media.json';
import type people from '../../../messages/nl/people.json';
import type peopleDesk from '../../../messages/nl/people.desk.json';
import type places from '../../../messages/nl/places.json';
import type placesDesk from '../../../messages/nl/places.desk.json';
import type platform from '../../../messages/nl/platform.json';
import type relations from '../../../messages/nl/relations.json';
import type renderings from '../../../messages/nl/renderings.json';
import type renderingsDesk from '../../../messages/nl/renderings.desk.json';
import type stories from '../../../messages/nl/stories.json';
import type storiesDesk from '../../../messages/nl/stories.desk.json';
import type telling from '../../../messages/nl/telling.json';
import type turns from '../../../messages/nl/turns.json';
import type verifyingDesk from '../../../messages/nl/verifying.desk.json';

/** One file a room or part of a room; Dutch is the source of the keys. */
interface Rooms {
  agendas: typeof agendas;
  'agendas.desk': typeof agendasDesk;
  insights: typeof insights;
  landscape: typeof landscape;
  methods: typeof methods;
  room: typeof room;
  said: typeof said;
  sessions: typeof sessions;
  'sessions.desk': typeof sessionsDesk;
  asking: typeof asking;
  consent: typeof consent;
  'coding.desk': typeof codingDesk;
  'duplicates.desk': typeof duplicatesDesk;
  following: typeof following;
  'import.desk': typeof importsDesk;
  initiatives: typeof initiatives;
  'initiatives.desk': typeof initiativesDesk;
  keeping: typeof keeping;
  languages: typeof languages;
  mail: typeof mail;
  media: typeof media;
  people: typeof people;
  'people.desk': typeof peopleDesk;
  places: typeof places;
  'places.desk': typeof placesDesk;
  platform: typeof platform;
  relations: typeof relations;
  renderings: typeof renderings;
  'renderings.desk': typeof renderingsDesk;
  stories: typeof stories;
  'stories.desk': typeof storiesDesk;
  telling: typeof telling;
  turns: typeof turns;
  'verifying.desk': typeof verifyingDesk;
}

/** 'room.key' of a text that exists in Dutch, and so in every language. */
export type MessageKey = {
  [Room in keyof Rooms]: `${Room}.${Extract<keyof Rooms[Room], string>}`;
}[keyof Rooms];
