import { sql } from 'kysely'
import cron from 'node-cron'
import { sweepFaults, tellFaults } from './domain/faults/fault.actions.ts'
import { toldAfterMinutes } from './domain/faults/fault.ts'
import { sweepDrafts } from './domain/imports/draft.actions.ts'
import { giveHours } from './domain/imports/given.actions.ts'
import { sweep } from './domain/people/expiry.actions.ts'
import { endUnseen } from './domain/presence/outage.actions.ts'
import { awaySeconds } from './domain/presence/presence.ts'
import { nextLost } from './domain/presence/pulse.queries.ts'
import { forgetStrangers } from './domain/presence/stranger.actions.ts'
import { endLeftVoiceTime, nextLeftVoiceTime } from './domain/presence/voice-time.actions.ts'
import { openDue } from './domain/reservations/due.actions.ts'
import { remindDue } from './domain/reservations/remind.actions.ts'
import { dismissSilent, nextSilent, settleAway } from './domain/rooms/away.actions.ts'
import { closeAbandoned, emptyCloseDays } from './domain/rooms/close.actions.ts'
import { soloDue } from './domain/sessions/solo.actions.ts'
import { nextNoteDue, tellWeeks } from './domain/stats/note.actions.ts'
import { emptyStopMinutes } from './domain/timers/course.ts'
import { settleDue, stopEmpty, warnDue } from './domain/timers/timer.actions.ts'
import { endTrials } from './domain/workspaces/settings.actions.ts'
import { timerChannel } from './events/emit.ts'
import { after, days, minutes, seconds } from './kernel/clock.ts'
import type { App, Ctx, Tx } from './kernel/context.ts'
import { asMuchAsFits, type Portion } from './kernel/portion.ts'

/**
 * Everything that happens because time passed: when the next is due, and what to do. `run` says how many it did; it is
 * called again until that is none. Safe with any number of workers: what is due is claimed by row locks.
 */
export type Work = {
  readonly name: string
  next(ctx: Ctx): Promise<Date | null>
  run(tx: Tx, portion: Portion): Promise<number>
}

const earliest = async (query: Promise<{ due: Date | null } | undefined>): Promise<Date | null> => (await query)?.due ?? null

export const works: readonly Work[] = [
  {
    name: 'phases end',
    next: (ctx) =>
      earliest(
        ctx.db.selectFrom('timer').select('ends_at as due').where('status', '=', 'running').orderBy('ends_at').limit(1).executeTakeFirst(),
      ),
    run: settleDue,
  },
  {
    name: 'warnings',
    next: (ctx) =>
      earliest(
        ctx.db.selectFrom('timer').select('warn_at as due').where('warn_at', 'is not', null).orderBy('warn_at').limit(1).executeTakeFirst(),
      ),
    run: warnDue,
  },
  {
    name: 'solo sessions end',
    next: (ctx) =>
      earliest(
        ctx.db
          .selectFrom('solo_session')
          .select('ends_at as due')
          .where('state', 'in', ['running', 'asking'])
          .where('ends_at', 'is not', null)
          .orderBy('ends_at')
          .limit(1)
          .executeTakeFirst(),
      ),
    run: soloDue,
  },
  {
    name: 'empty rooms stop',
    next: async (ctx) => {
      const { rows } = await sql<{ due: Date | null }>`
        with waiting as (
          select r.empty_since, r.stop_when_empty from room r join timer t on t.room_id = r.id
          where r.is_active and r.empty_since is not null and (t.status <> 'idle' or t.phase_type <> 'work' or t.completed_rounds > 0))
        select least(
          (select empty_since from waiting where stop_when_empty order by empty_since limit 1),
          (select empty_since + make_interval(mins => ${emptyStopMinutes}) from waiting where not stop_when_empty order by empty_since limit 1)) as due`.execute(
        ctx.db,
      )
      return rows[0]?.due ?? null
    },
    run: (tx, portion) => stopEmpty(tx, after(tx.now, -minutes(emptyStopMinutes)), portion),
  },
  {
    name: 'abandoned rooms close',
    next: async (ctx) => {
      const { rows } = await sql<{ since: Date | null }>`
        select empty_since as since from room where is_active and empty_since is not null and not keep order by empty_since limit 1`.execute(
        ctx.db,
      )
      const since = rows[0]?.since ?? null
      return since === null ? null : after(since, days(emptyCloseDays))
    },
    run: (tx, portion) => closeAbandoned(tx, after(tx.now, -days(emptyCloseDays)), portion),
  },
  {
    name: 'people who went away leave',
    next: async (ctx) => {
      const away = await ctx.db
        .selectFrom('presence_interval')
        .select('away_since')
        .where('away_since', 'is not', null)
        .where('ended_at', 'is', null)
        .where('room_id', 'is not', null)
        .orderBy('away_since')
        .limit(1)
        .executeTakeFirst()
      return away?.away_since ? after(away.away_since, seconds(awaySeconds)) : null
    },
    run: settleAway,
  },
  { name: 'voice time of those who left ends', next: nextLeftVoiceTime, run: endLeftVoiceTime },
  { name: 'silent people leave', next: nextSilent, run: dismissSilent },
  {
    name: 'what nobody sees ends',
    next: nextLost,
    run: endUnseen,
  },
  { name: 'weekly notes', next: nextNoteDue, run: tellWeeks },
  {
    name: 'reservations open',
    next: (ctx) =>
      earliest(
        ctx.db
          .selectFrom('reservation_occurrence')
          .select('starts_at as due')
          .where('state', '=', 'planned')
          .orderBy('starts_at')
          .limit(1)
          .executeTakeFirst(),
      ),
    run: openDue,
  },
  {
    name: 'reservations remind',
    next: (ctx) =>
      earliest(
        ctx.db
          .selectFrom('reservation_occurrence')
          .select('remind_at as due')
          .where('remind_at', 'is not', null)
          .orderBy('remind_at')
          .limit(1)
          .executeTakeFirst(),
      ),
    run: remindDue,
  },
  {
    name: 'hours of members are given',
    next: (ctx) =>
      earliest(
        ctx.db
          .selectFrom('imported_hours')
          .select('changed_at as due')
          .where('changed_at', 'is not', null)
          .orderBy('changed_at')
          .limit(1)
          .executeTakeFirst(),
      ),
    run: giveHours,
  },
  {
    name: 'standing faults are told',
    next: async (ctx) => {
      const since = await earliest(
        ctx.db
          .selectFrom('standing_fault')
          .select('since as due')
          .where('told_at', 'is', null)
          .where('resolved_at', 'is', null)
          .orderBy('since')
          .limit(1)
          .executeTakeFirst(),
      )
      return since === null ? null : after(since, minutes(toldAfterMinutes))
    },
    run: tellFaults,
  },
  {
    name: 'trial weeks end',
    next: (ctx) =>
      earliest(
        ctx.db
          .selectFrom('workspace')
          .select('trial_until as due')
          .where('trial_until', 'is not', null)
          .orderBy('trial_until')
          .limit(1)
          .executeTakeFirst(),
      ),
    run: endTrials,
  },
]

/** What the calendar asks for, as a cron expression in UTC. Doing it twice, or in two processes at once, changes nothing more. */
export const calendar: readonly { readonly name: string; readonly at: string; run(tx: Tx): Promise<void> }[] = [
  { name: 'faults mended long ago go', at: '33 3 * * *', run: sweepFaults },
  { name: 'uploads left lying go', at: '47 * * * *', run: sweepDrafts },
  { name: 'old links, logins and codes go', at: '17 * * * *', run: sweep },
  { name: 'what was recorded of strangers goes', at: '27 * * * *', run: forgetStrangers },
]

/** Without news a worker looks again after this long: a notification may be lost. */
const longestSleepMilliseconds = seconds(30)
const restAfterFailureMilliseconds = seconds(1)
const restWhileHeldMilliseconds = 50

/** What failed together is done one by one, and so many as failed alone are passed over. */
const portionAfter = (failures: number): Portion => (failures === 0 ? asMuchAsFits : { skip: failures - 1, most: 1 })

/** Does a work until nothing of it is due but what is passed over, and says how much it did. */
export async function runWork(app: App, work: Work, portion: Portion = asMuchAsFits): Promise<number> {
  let done = 0
  for (;;) {
    const more = await app.write('clock', null, (tx) => work.run(tx, portion))
    if (more === 0) return done
    done += more
  }
}

/** Starts every work in this process; each sleeps until its next deed, and wakes when an earlier one appears. */
export async function startClockwork(app: App): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  const loops = works.map((work) => startWork(app, work, stopping.signal))
  const wakeAll = (): void => {
    for (const { wake } of loops) wake()
  }
  const listening = await app.database.listen(timerChannel, wakeAll, wakeAll)
  const dates = calendar.map(({ name, at, run }) =>
    cron.schedule(
      at,
      () => app.write('clock', null, run).catch((err: unknown) => app.log.error({ err, work: name }, 'calendar work failed')),
      { timezone: 'UTC' },
    ),
  )
  return {
    async stop() {
      stopping.abort()
      for (const date of dates) await date.destroy()
      await listening.close()
      await Promise.all(loops.map(({ ended }) => ended))
    },
  }
}

function startWork(app: App, work: Work, signal: AbortSignal): { wake(): void; readonly ended: Promise<void> } {
  let alarm = new AbortController()
  let woken = false
  const sleep = async (milliseconds: number, until: Date | null): Promise<void> => {
    const now = app.clock.now()
    const latest = after(now, milliseconds)
    if (!woken) await app.clock.sleep(until !== null && until < latest ? until : latest, AbortSignal.any([signal, alarm.signal]))
    woken = false
    alarm = new AbortController()
  }
  const loop = async (): Promise<void> => {
    let failed = 0
    while (!signal.aborted) {
      try {
        const next = await app.read((ctx) => work.next(ctx))
        if (next === null || next > app.clock.now()) await sleep(longestSleepMilliseconds, next)
        // Due, and yet nothing to do: another worker holds it and is about to commit.
        else if ((await runWork(app, work, portionAfter(failed))) === 0) await sleep(restWhileHeldMilliseconds, null)
        failed = 0
      } catch (err) {
        app.log.error({ err, work: work.name }, 'clockwork stumbled and goes on')
        failed += 1
        await sleep(restAfterFailureMilliseconds, null)
      }
    }
  }
  return {
    wake() {
      woken = true
      alarm.abort()
    },
    ended: loop(),
  }
}
