import { expect, test } from 'vitest';
import { contactMail } from './contact.ts';

test.each([
  [{ SECURITY_CONTACT: 'mailto:safe@house.example' }, 'house.example', 'safe@house.example'],
  [{ SECURITY_CONTACT: 'mailto:safe@house.example?subject=hole' }, 'house.example', 'safe@house.example'],
  [
    { SECURITY_CONTACT: 'https://house.example/safe', SMTP_FROM: 'House <post@house.example>' },
    'house.example',
    'post@house.example',
  ],
  [{ SMTP_FROM: 'post@house.example' }, 'x.example', 'post@house.example'],
  [{}, 'stones.example', 'info@stones.example'],
  [{}, '127.0.0.1', 'info@steppingstones.invalid'],
  [{}, 'localhost', 'info@steppingstones.invalid'],
  [{}, '[::1]', 'info@steppingstones.invalid'],
])('a house set up as %j, at %s, is asked at %s', (environment, hostname, mail) => {
  expect(contactMail(environment, hostname)).toBe(mail);
});
