import { apiDetails } from '#modules/initiatives/hsds/records/model.ts';
import { openData } from '#platform/http/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url }) => openData(apiDetails(url.origin));
