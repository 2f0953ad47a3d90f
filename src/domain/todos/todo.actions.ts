import { sql } from 'kysely'
import type { Ctx, Tx } from '../../kernel/context.ts'
import { isUuid, type PersonId, type TodoId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { called } from '../../locales/names.ts'
import { actingPerson } from '../people/person.queries.ts'
import { openLineSaying, openLines } from './todo.queries.ts'
import { type Line, lineFrom, mostOpenLines, type Todo } from './todo.ts'

/** What a session is about; `todo` is the open line that it completes. */
export type Aim = { readonly aim: string | null; readonly subject: string | null; readonly todo_id: TodoId | null }

const noAim: Aim = { aim: null, subject: null, todo_id: null }

/**
 * Writes a line on the acting person's list.
 * @throws Refusal `invalid` for nothing readable, `conflict` where the list is full
 */
export async function addLine(tx: Tx, typed: string): Promise<Line> {
  const person = actingPerson(tx)
  const line = readable(typed)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`todo ${person}`}, 0))`.execute(tx.db)
  if ((await openLines(tx, person)).length >= mostOpenLines) throw new Refusal('conflict', 'todo.full', { max: mostOpenLines })
  await tx.db
    .insertInto('todo')
    .values({ user_id: person, ...line, created_at: tx.now, done_at: null })
    .execute()
  return line
}

/**
 * Ticks a line of the acting person, named by its key, by its text or by how only that begins.
 * @throws Refusal `missing` where no open line says so, `conflict` where several begin so
 */
export async function tickLine(tx: Tx, named: string): Promise<Line> {
  const line = (await lineNamed(tx, named)) ?? (await lineBeginning(tx, named))
  if (line === null) throw new Refusal('missing', 'todo.missing')
  await tick(tx, line.id)
  return line
}

/** The line is done; one that is done already keeps its time. */
export async function tick(tx: Tx, line: TodoId): Promise<void> {
  await tx.db
    .updateTable('todo')
    .set({ done_at: sql<Date>`greatest(created_at, ${tx.now}::timestamptz)` })
    .where('id', '=', line)
    .where('done_at', 'is', null)
    .execute()
}

/** A line that was ticked since then is open again: it was not done after all. */
export async function takeUpAgain(tx: Tx, line: TodoId, since: Date): Promise<void> {
  await tx.db.updateTable('todo').set({ done_at: null }).where('id', '=', line).where('done_at', '>=', since).execute()
}

/** An aim as it was typed, or chosen from the list by its key: an open line that says the same is what it completes. */
export async function aimFrom(ctx: Ctx, typed: string | undefined): Promise<Aim> {
  if (typed === undefined) return noAim
  const line = await lineNamed(ctx, typed)
  if (line !== null) return { aim: line.text, subject: line.subject, todo_id: line.id }
  const { text, subject } = readable(isUuid(typed) ? '' : typed)
  return { aim: text, subject, todo_id: null }
}

async function lineNamed(ctx: Ctx, named: string): Promise<Todo | null> {
  const person: PersonId = actingPerson(ctx)
  if (isUuid(named)) return (await openLines(ctx, person)).find(({ id }) => id === named) ?? null
  const line = lineFrom(named)
  return line === null ? null : openLineSaying(ctx, person, line)
}

async function lineBeginning(ctx: Ctx, named: string): Promise<Todo | null> {
  const [line, another] = called(named, await openLines(ctx, actingPerson(ctx)), ({ text }) => [text])
  if (another !== undefined && line !== undefined) throw new Refusal('conflict', 'todo.several', { one: line.text, other: another.text })
  return line ?? null
}

function readable(typed: string): Line {
  const line = lineFrom(typed)
  if (line === null) throw new Refusal('invalid', 'todo.empty')
  return line
}
