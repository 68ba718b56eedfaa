import { existsSync } from 'node:fs';
import { chromium, type BrowserServer } from 'playwright-core';

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What a Chromium is told so that it speaks to nobody but us. */
export const quietly: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of the Chromium on this machine; throws with what to do when there is none. */
export function chromiumHere(): string {
  const found = places.find((place) => place !== undefined && existsSync(place));
  if (!found)
    throw new Error('No Chromium was found. Install it (apt-get install chromium) or set CHROMIUM_PATH.');
  return found;
}

/** One Chromium that several test files reach by its address. */
export function openChromium(): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath: chromiumHere(), args: [...quietly] });
}
