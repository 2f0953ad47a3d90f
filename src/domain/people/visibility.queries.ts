import { type RawBuilder, type SqlBool, sql } from 'kysely'

/** Whether a person may be named to everyone: they have used the product, and did not choose to be seen by fewer. */
export const isShown = (person: string) => sql<SqlBool>`exists (
  select from user_settings shown_settings join "user" shown on shown.id = shown_settings.user_id
  where shown_settings.user_id = ${sql.ref(person)} and shown_settings.visibility = 'everyone' and shown.first_used_at is not null)`

/** Whether what a person focused may stand in a sum over many: they have used the product, and are not seen by themselves alone. */
export const countsAmongOthers = (person: string) => sql<SqlBool>`exists (
  select from user_settings counted_settings join "user" counted on counted.id = counted_settings.user_id
  where counted_settings.user_id = ${sql.ref(person)} and counted_settings.visibility <> 'me' and counted.first_used_at is not null)`

/** The name that everyone may read of a row of "user", null where it is nobody’s to read. Whoever is named to others is named by this. */
export const shownName = (user: string): RawBuilder<string | null> =>
  sql<string | null>`case when ${isShown(`${user}.id`)} then ${sql.ref(`${user}.display_name`)} end`
