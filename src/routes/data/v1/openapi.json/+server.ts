import { openApi } from '#modules/initiatives/exchange/openapi/model.ts';
import { openData } from '#platform/http/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url }) => openData(openApi(url.origin));
