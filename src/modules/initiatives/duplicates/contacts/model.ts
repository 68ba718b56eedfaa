// Many live at these addresses, so that to share one says nothing. A page of one's own there does.
const sharedSites = [
  'facebook.com',
  'fb.com',
  'fb.me',
  'instagram.com',
  'linkedin.com',
  'linktr.ee',
  'meetup.com',
  'youtube.com',
  'youtu.be',
  'x.com',
  'twitter.com',
  'tiktok.com',
  'threads.net',
  'bsky.app',
  'whatsapp.com',
  'wa.me',
  't.me',
  'google.com',
  'goo.gl',
  'bit.ly',
  'medium.com',
  'issuu.com',
  'eventbrite.nl',
  'eventbrite.com',
  'gofundme.com',
  'geef.nl',
  'doneeractie.nl',
  'whydonate.com',
  'kentaa.nl',
  'socialekaartnederland.nl',
  'wikipedia.org',
];
const sharedMail =
  /^(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|proton|protonmail|pm|gmx|mail|yandex|tutanota|tuta|zoho|ukr|ziggo|kpnmail|kpnplanet|planet|xs4all|hetnet|home|upcmail|casema|chello|telfort|tele2|solcon|zonnet|quicknet|onsbrabantnet|caiway|online|freedom)\.[a-z]{2,3}(\.[a-z]{2})?$/;

export interface Site {
  readonly host: string;
  /** Without a last slash; '' is the front page, also that of a language. */
  readonly path: string;
  readonly shared: boolean;
}

const isUnder = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);

/** Where a site lives, in the form it is compared in; null for what is no address on the web. */
export function siteOf(website: string | null): Site | null {
  if (website === null || website.trim() === '') return null;
  const url = URL.parse(/^[a-z]+:\/\//i.test(website) ? website : `https://${website}`);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const host = url.hostname.replace(/^(www\d?|m|nl-nl|nl|en)\.(?=[^.]+\.[^.]+)/, '');
  const path = url.pathname
    .toLowerCase()
    .replace(/\/(index|home|default)(\.\w+)?\/?$/, '/')
    .replace(/^\/(nl|en|ar|fr|de|nl-nl|en-gb|home)(?=\/|$)/, '')
    .replace(/\/+$/, '');
  return { host, path, shared: sharedSites.some((shared) => isUnder(host, shared)) };
}

export interface MailHome {
  readonly address: string;
  readonly domain: string;
  readonly shared: boolean;
}

/** A mail address in the form it is compared in; null when it is none. */
export function mailHomeOf(mail: string | null): MailHome | null {
  const match = /^([^@\s]+)@([^@\s]+)$/.exec(mail?.trim().toLowerCase() ?? '');
  const [, name = '', domain = ''] = match ?? [];
  if (!match || name === '' || domain === '') return null;
  return { address: `${name}@${domain}`, domain, shared: sharedMail.test(domain) };
}

/** A telephone number as it is compared: what follows +31 or the first nought, or the whole of a foreign one; null when it is none. */
export function numberOf(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/\(0\)/g, '').replace(/[^\d+]/g, '');
  const own = digits.replace(/^(\+31|0031|0(?!0))/, '');
  return own.replace(/\D/g, '').length >= 7 ? own.replace(/^00/, '+') : null;
}
