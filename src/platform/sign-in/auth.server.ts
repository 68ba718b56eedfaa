import { randomBytes, randomInt } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { emailOTP, magicLink, twoFactor } from 'better-auth/plugins';
import { log } from '../log.ts';
import { sessionCookie } from './cookie.ts';
import { house } from './house-plugin.server.ts';
import { signInSecret } from './secret.server.ts';
import { signInWay } from './way.server.ts';

const minutesOpen = 10;
export const longestSession = 30 * 24 * 60 * 60;

/** A code that was guessed wrong this often opens no more. */
const guesses = 3;

// Digits alone: they look the same in every script, and a phone has keys for them.
const paperCodes = () =>
  Array.from({ length: 10 }, () =>
    String(randomInt(10_000_000_000))
      .padStart(10, '0')
      .replace(/(?<=^.{5})/, '-'),
  );

/** Hands the word of a link to whoever asked for it; the library would mail it, but ours travels in one letter with the code. */
export interface Courier extends Record<string, unknown> {
  take(word: string): void;
}

function made() {
  const { tables } = signInWay();
  return betterAuth({
    appName: 'Steppingstones',
    // No address of the library's is open: our own doors ask it what they need.
    baseURL: 'http://localhost',
    secret: signInSecret(),
    database: { db: tables, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    // The library's own lines may quote what someone typed.
    logger: { level: 'error', log: () => log.tell('error', 'sign-in.trouble') },
    advanced: {
      ipAddress: { disableIpTracking: true },
      useSecureCookies: false,
      cookies: { session_token: { name: sessionCookie } },
      defaultCookieAttributes: { httpOnly: true, secure: true, sameSite: 'lax', path: '/' },
      database: { generateId: 'uuid' },
    },
    user: {
      modelName: 'person',
      fields: {
        email: 'mail',
        emailVerified: 'mail_proven',
        name: 'called',
        image: 'picture',
        createdAt: 'made_at',
        updatedAt: 'changed_at',
      },
    },
    session: {
      modelName: 'session',
      expiresIn: longestSession,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      freshAge: 0,
      fields: {
        userId: 'person_id',
        token: 'word',
        expiresAt: 'until',
        createdAt: 'began_at',
        updatedAt: 'last_used_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      additionalFields: { sure: { type: 'boolean', required: true, defaultValue: false, input: false } },
    },
    account: {
      modelName: 'other_way',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'person_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_until',
        refreshTokenExpiresAt: 'refresh_token_until',
        createdAt: 'made_at',
        updatedAt: 'changed_at',
      },
    },
    verification: {
      modelName: 'waiting_word',
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'until', createdAt: 'made_at', updatedAt: 'changed_at' },
    },
    databaseHooks: {
      session: {
        create: {
          // Where someone came from, and with what, is not ours to keep; the table refuses it too.
          before: async (session) => ({ data: { ...session, ipAddress: null, userAgent: null } }),
        },
      },
    },
    plugins: [
      emailOTP({
        otpLength: 6,
        expiresIn: minutesOpen * 60,
        allowedAttempts: guesses,
        storeOTP: 'encrypted',
        sendVerificationOTP: async () => undefined,
      }),
      magicLink({
        expiresIn: minutesOpen * 60,
        storeToken: 'hashed',
        generateToken: () => randomBytes(32).toString('base64url'),
        sendMagicLink: async ({ token, metadata }) => (metadata as Courier).take(token),
      }),
      twoFactor({
        issuer: 'Steppingstones',
        allowPasswordless: true,
        backupCodeOptions: { customBackupCodesGenerate: paperCodes },
        schema: {
          user: { fields: { twoFactorEnabled: 'second_factor_set' } },
          twoFactor: {
            modelName: 'second_factor',
            fields: {
              userId: 'person_id',
              backupCodes: 'backup_codes',
              verified: 'proven',
              failedVerificationCount: 'wrong_in_a_row',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      house(),
    ],
  });
}

type Library = ReturnType<typeof made>;
let ready: { readonly on: object; readonly library: Library } | undefined;

/** The library that knows the trade of signing in, on our tables. */
export function library(): Library {
  const { tables } = signInWay();
  if (ready?.on !== tables) ready = { on: tables, library: made() };
  return ready.library;
}
