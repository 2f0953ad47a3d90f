import { type SqlBool, sql } from 'kysely'

/** Whether a person may be named to everyone: they have used the product, and did not choose to be seen by fewer. */
export const isShown = (person: string) => sql<SqlBool>`exists (
  select from user_settings shown_settings join "user" shown on shown.id = shown_settings.user_id
  where shown_settings.user_id = ${sql.ref(person)} and shown_settings.visibility = 'everyone' and shown.first_used_at is not null)`
