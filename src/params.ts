import { defineParams } from '@sveltejs/kit/params';
import { isList } from '#modules/initiatives/hsds/model.ts';
import { editionNumber } from '#modules/publications/reading/input.ts';
import { isFileKind } from '#modules/publications/reading/library/model.ts';
import { isLanguage } from '#platform/i18n/languages.ts';

export const params = defineParams({
  language: (word) => (isLanguage(word) ? word : undefined),
  hsds: (word) => (isList(word) ? word : undefined),
  number: editionNumber,
  file: (word) => (isFileKind(word) ? word : undefined),
});
