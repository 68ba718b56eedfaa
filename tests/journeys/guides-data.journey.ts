import {
  begin,
  does,
  fill,
  goes,
  inTurn,
  look,
  open,
  press,
  reads,
  tryGuides,
  type Guide,
} from '../support/guide.ts';
import { askingNewcomers, tablesOfAMunicipality, wordsInsightsAdvice } from '../support/guide-rooms.ts';
import { citingPublications } from '../support/guide-publications.ts';
import { houseDatabase } from '../support/house-database.ts';
import { anInhabitant } from '../support/person.ts';

const database = houseDatabase();

const municipality: Guide = {
  nl: 'gemeente',
  en: 'municipality',
  parts: [
    [
      inTurn(
        begin,
        press(0),
        press(1),
        does((who) => goes(who, 'main li a[href*="province=PV25"]')),
      ),
      inTurn(
        begin,
        press(0),
        press(2),
        fill(1, 'Arnhem'),
        does((who) => goes(who, 'form[role=search] button')),
      ),
    ],
    [
      inTurn(begin, press(0)),
      does((who) => goes(who, 'main a[href*="place=PV25"], main a[href*="PV25"]')),
      async (who, names) => {
        await who.field(names[0]).selectOption('GM0202');
        await who.press(names[1]);
      },
    ],
    [
      async (who, names) => {
        await who.open('/');
        await who.press(names[0]);
        await who.field(names[1]).selectOption('GM0202');
        await who.field(names[2]).fill('2024-06-01');
        await goes(who, 'main form button');
      },
      look,
      look,
    ],
    [
      inTurn(begin, press(0)),
      async (who, names) => {
        await who.press(names[1]);
        await who.press(names[0]);
      },
      press(0),
    ],
    [
      inTurn(
        begin,
        press(0),
        does((who) => goes(who, 'main a[href$="/regions/gelderland"]')),
      ),
      look,
      inTurn(look, begin, async (who) => who.open('/agendas')),
    ],
    askingNewcomers,
    tablesOfAMunicipality,
    [(who) => reads(who, '/data/v1/initiatives.csv?near=Gelderland&theme=work', 'name')],
  ],
};

const researcher: Guide = {
  nl: 'onderzoeker',
  en: 'researcher',
  as: () => anInhabitant('Mira', [{ role: 'researcher' }]),
  parts: [
    [
      inTurn(begin, press(0), press(1)),
      (who) => reads(who, '/data/v1/initiatives.geojson?asOf=2019-06-01', 'startKnown'),
      (who) =>
        reads(who, '/data/v1/initiatives?asOf=2019-06-01&knownOn=2026-12-31', '"knownOn":"2026-12-31"'),
    ],
    [inTurn(begin, press(0), press(1))],
    [
      (who) => reads(who, '/data/v1/network.gexf?asOf=2019-06-01', '<gexf'),
      (who) => reads(who, '/data/v1/chains?from=about-a-jacket', 'along'),
      (who) => reads(who, '/data/v1/network.graphml', 'asserted'),
    ],
    wordsInsightsAdvice,
    citingPublications(database),
    [
      (who) => reads(who, '/data/v1/changes', 'next'),
      (who) => reads(who, '/data/v1/changes?since=0', 'more'),
      look,
    ],
    [inTurn(open('/me'), async (who) => who.open('/desk'))],
  ],
};

tryGuides([municipality, researcher]);
