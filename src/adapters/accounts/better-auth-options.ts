import type { BetterAuthOptions } from "better-auth";
import type { Pool } from "pg";
import { sessionLasts_ms } from "./words.ts";

/**
 * better-auth on our tables. It is used for what it is good at, people, credentials and password hashes; its own HTTP routes stay shut,
 * because the API's door has one contract, one cookie and one way to refuse.
 */
export const betterAuthOptions = (pool: Pool, secret: string, baseUrl: string): BetterAuthOptions => ({
  database: pool,
  secret,
  baseURL: baseUrl,
  telemetry: { enabled: false },
  logger: { disabled: true },
  emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
  user: {
    modelName: "person",
    fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
  },
  session: {
    modelName: "person_session",
    expiresIn: sessionLasts_ms / 1000,
    fields: {
      expiresAt: "expires_at",
      createdAt: "created_at",
      updatedAt: "updated_at",
      ipAddress: "ip_address",
      userAgent: "user_agent",
      userId: "person_id",
    },
  },
  account: {
    modelName: "person_credential",
    fields: {
      accountId: "account_id",
      providerId: "provider_id",
      userId: "person_id",
      accessToken: "access_token",
      refreshToken: "refresh_token",
      idToken: "id_token",
      accessTokenExpiresAt: "access_token_expires_at",
      refreshTokenExpiresAt: "refresh_token_expires_at",
      createdAt: "created_at",
      updatedAt: "updated_at",
    },
  },
  verification: {
    modelName: "person_verification",
    fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
  },
});
