import { hsdsOpenApi } from '#modules/initiatives/hsds/openapi/model.ts';
import { openData } from '#platform/http/problem.ts';
import { contactMail } from '#platform/mail/contact.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url }) =>
  openData(hsdsOpenApi({ origin: url.origin, mail: contactMail(process.env, url.hostname) }));
