import type { Selectable } from 'kysely'
import type { DB } from '../../db/schema.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Text, Words } from '../../locales/text.ts'

export type Visibility = Selectable<DB['user_settings']>['visibility']

/** Who looks: `isFriend` of the person looked at, `maySeeOthers` where both are now (a workspace may keep its people to themselves). */
export type Viewer = { readonly person: PersonId; readonly isFriend: boolean; readonly maySeeOthers: boolean }

/** Who is looked at. Somebody who never used the product exists for nobody. */
export type Seen = { readonly person: PersonId; readonly visibility: Visibility; readonly hasUsed: boolean }

/** Whether the viewer may see what the person focused: always one's own, else as the person chose. */
export function canSeeStats(viewer: Viewer, seen: Seen): boolean {
  if (viewer.person === seen.person) return true
  if (!seen.hasUsed || !viewer.maySeeOthers) return false
  return seen.visibility === 'everyone' || (seen.visibility === 'friends' && viewer.isFriend)
}

/** The host as a sentence takes them who says that a thing is theirs alone to do; `named` is false where it must do without the name. */
export const hostWords = ({ name }: { readonly name: string | null }): Words => ({ host: name ?? '', named: name !== null })

/** How a person is called in front of others: by their name, or as somebody where it may not be read. */
export const called = (name: string | null): Text => name ?? { key: 'people.somebody' }
