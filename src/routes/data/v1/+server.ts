import { openData } from '#platform/http/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () =>
  openData({
    name: 'Steppingstones open data',
    licence: 'CC BY 4.0',
    description: '/data/v1/openapi.json',
    doors: [
      'initiatives',
      'initiatives.geojson',
      'initiatives.csv',
      'changes',
      'network.gexf',
      'network.graphml',
      'chains',
      'regions',
      'insights',
      'insights.bib',
      'insights-csl.json',
      'publications',
      'publications.jsonld',
      'publications.atom',
      'publications.json',
      'words.jsonld',
      'words.ttl',
      'word-news.atom',
      'word-news.json',
    ].map((door) => `/data/v1/${door}`),
  });
