import type { Language } from '#platform/i18n/languages.ts';
import type { Viewer } from '#platform/viewer.ts';

declare global {
  namespace App {
    interface Locals {
      viewer: Viewer;
      language: Language;
    }
  }
}
