import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import * as v from 'valibot';

const opening = v.object({ person: v.pipe(v.string(), v.uuid()), sure: v.boolean() });
const knowing = v.object({ mail: v.string() });

/** What the house asks of the library beyond what it offers: only callable from our own code, never by an address. */
export const house = () =>
  ({
    id: 'house',
    endpoints: {
      /** Begins a session of someone whose word, card or second factor we have seen. */
      beginSession: createAuthEndpoint.serverOnly({ method: 'POST', body: opening }, async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.person);
        if (!user) return null;
        const session = await internalAdapter.createSession(user.id, false, { sure: ctx.body.sure }, true);
        await setSessionCookie(ctx, { session, user });
        return session.id;
      }),
      /** The word in a session cookie that we sealed ourselves, or null. */
      wordInCookie: createAuthEndpoint.serverOnly({ method: 'GET', requireHeaders: true }, async (ctx) => {
        const { name } = ctx.context.authCookies.sessionToken;
        return (await ctx.getSignedCookie(name, ctx.context.secret)) || null;
      }),
      /** The key of whoever has this mail address, made when nobody has it yet. */
      knowByMail: createAuthEndpoint.serverOnly({ method: 'POST', body: knowing }, async (ctx) => {
        const { internalAdapter } = ctx.context;
        const known = await internalAdapter.findUserByEmail(ctx.body.mail);
        if (known) return known.user.id;
        const made = await internalAdapter
          .createUser({ email: ctx.body.mail, emailVerified: false, name: '' }, { method: 'house' })
          .catch(() => null);
        // Whoever asked at the same moment made it.
        return made?.id ?? (await internalAdapter.findUserByEmail(ctx.body.mail))?.user.id ?? null;
      }),
    },
  }) satisfies BetterAuthPlugin;
