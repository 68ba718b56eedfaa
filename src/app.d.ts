import type { IncomingMessage } from 'node:http';
import type { SessionHere } from '#modules/people/signing-in/model.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Viewer } from '#platform/viewer.ts';

declare global {
  namespace App {
    interface Locals {
      viewer: Viewer;
      /** The session of who is signed in; null for everyone else. */
      session: SessionHere | null;
      language: Language;
      /** This door is not for who asks: it is drawn as a page that is not there. */
      refused: boolean;
    }
    interface Platform {
      /** The request as it came in at the front door. */
      req: IncomingMessage;
    }
  }
}
