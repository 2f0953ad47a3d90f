import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { foldedLine, type Line, mostOpenLines, type Todo } from './todo.ts'

/** The open lines of a person, oldest first. */
export async function openLines(ctx: Ctx, person: PersonId): Promise<readonly Todo[]> {
  return ctx.db
    .selectFrom('todo')
    .select(['id', 'text', 'subject', 'created_at as createdAt'])
    .where('user_id', '=', person)
    .where('done_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(mostOpenLines)
    .execute()
}

/** The open line that says this: in any case, and about this subject or, where none was typed, about any. */
export async function openLineSaying(ctx: Ctx, person: PersonId, { text, subject }: Line): Promise<Todo | null> {
  const same = (await openLines(ctx, person)).filter((line) => foldedLine(line.text) === foldedLine(text))
  return same.find((line) => line.subject === subject) ?? (subject === null ? same[0] : undefined) ?? null
}
