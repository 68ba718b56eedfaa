import type { Day } from '#platform/clock.ts';
import type { Audience, NameForm, Use, Verdict, WayToSay } from '../model.ts';

/** One sentence of consent as a receipt shows it. */
export interface SaidOnReceipt {
  readonly use: Use | 'all';
  readonly verdict: Verdict;
  readonly audience: Audience;
  readonly languages: readonly string[] | null;
  readonly nameForm: NameForm;
  readonly withImage: boolean;
  readonly withVoice: boolean;
  readonly fromDay: Day;
  readonly untilDay: Day | null;
  readonly seenHash: Buffer | null;
  readonly shownIn: string;
  readonly how: WayToSay;
  readonly byWord: boolean;
  readonly at: Date;
}

export interface Receipt {
  readonly id: string;
  readonly item: string;
  readonly kind: 'consent' | 'taken-back';
  readonly language: string;
  readonly madeAt: Date;
  /** Where it stood, and how many were taken away. */
  readonly places: Readonly<Record<string, number>>;
  /** When every place was looked at again and nothing was found; null while that has not been done. */
  readonly doneAt: Date | null;
  /** Everything that was said up to this receipt, oldest first. */
  readonly said: readonly SaidOnReceipt[];
  /** Fingerprint of the last sentence, which seals all before it. */
  readonly seal: string;
}

const states: Readonly<Record<Verdict, string>> = {
  given: 'consent given',
  'ask-me': 'consent requested',
  'taken-back': 'consent withdrawn',
};

/**
 * A receipt as a file, with the names of the fields of ISO/IEC TS 27560:2023: a head, what is done with what, by whom, and what was
 * said when. `house` is the address of the house, `notice` where it says what it does with what people tell.
 */
export function asFile(receipt: Receipt, house: string, notice: string) {
  const uses = [...new Set(receipt.said.flatMap(({ use }) => (use === 'all' ? [] : [use])))];
  return {
    schema_version: 'ISO/IEC TS 27560:2023',
    record_id: `${house}/consent/${receipt.item}`,
    receipt_id: `${house}/receipt/${receipt.id}`,
    pii_principal_id: receipt.item,
    pii_processing: {
      privacy_notice: notice,
      language: receipt.language,
      purposes: uses.map((use) => ({
        purpose: use,
        purpose_type: use,
        lawful_basis: 'consent',
        pii_information: [{ pii_type: 'telling', pii_attribute_id: receipt.item, pii_optional: true }],
        pii_controllers: [house],
        collection_method: 'told by the person',
        withdrawal_method: `${house}/me/tellings/${receipt.item}`,
        jurisdictions: ['NL'],
      })),
      places_emptied: receipt.places,
      places_looked_at_again: receipt.doneAt?.toISOString() ?? null,
    },
    party_identification: [{ party_id: house, party_role: 'pii controller', party_url: house }],
    events: receipt.said.map((said) => ({
      event_time: said.at.toISOString(),
      event_type: said.verdict === 'given' ? 'explicit' : states[said.verdict],
      event_state: states[said.verdict],
      purpose: said.use,
      entity_id: said.byWord ? 'by word, through who wrote it down' : 'the person',
      validity_duration: { from: said.fromDay, until: said.untilDay },
      consent_type: said.how,
      language: said.shownIn,
      audience: said.audience,
      languages: said.languages,
      name_form: said.nameForm,
      with_image: said.withImage,
      with_voice: said.withVoice,
      seen_version: said.seenHash?.toString('hex') ?? null,
    })),
    seal: receipt.seal,
  };
}
