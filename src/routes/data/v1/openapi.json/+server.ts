import { openApi } from '#modules/initiatives/exchange/openapi/model.ts';
import { openData } from '#platform/http/problem.ts';
import { contactMail } from '#platform/mail/contact.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url }) =>
  openData(openApi({ origin: url.origin, mail: contactMail(process.env, url.hostname) }));
