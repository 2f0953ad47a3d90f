import { type Fault, type FaultReason, type Hours, mostHours, type Read } from './import.ts'
import { secondsIn } from './length.ts'
import { hoursColumns, linesOf } from './lines.ts'

/** Hours by Discord id. Null where it is no CSV with such columns. */
export function readHours(text: string): Read<Hours> | null {
  const lines = linesOf(text, hoursColumns)
  const [first] = lines ?? []
  if (!lines || !first || !('account' in first.cells)) return null
  const told = lines.map(({ line, cells }) => ({ line, account: accountIn(cells.account ?? ''), seconds: secondsIn(cells) }))
  const areRounded = isRoundedBySpreadsheet(told.map(({ account }) => account))
  const faults: Fault[] = []
  const rows = new Map<string, Hours>()
  for (const { line, account, seconds } of told) {
    const why: FaultReason | null =
      /^\d[.,\d]*e\+?\d+$/i.test(account) || (areRounded && endsInZeros(account))
        ? 'rounded'
        : !isAccount(account)
          ? 'account'
          : rows.has(account)
            ? 'twice'
            : seconds === null || seconds < 1 || seconds > mostHours * 3600
              ? 'hours'
              : null
    if (why !== null) faults.push({ line, why })
    else if (seconds !== null) rows.set(account, { externalId: account, seconds })
  }
  return { rows: [...rows.values()], faults }
}

/** The id in a mention (`<@…>`), or in what keeps a spreadsheet from taking it for a number: `="…"` or a quote before it. */
const accountIn = (typed: string): string => typed.replace(/^(?:=?"|['’])?(?:<@!?)?(\d+)>?"?$/, '$1')

const isAccount = (account: string): boolean => /^\d{15,22}$/.test(account)

/** Spreadsheets keep fifteen digits of a number and write zeros for the rest. */
const endsInZeros = (account: string): boolean => /^\d{15}0{2,}$/.test(account)

/** A single id may end so of itself; of several, every other one does not. */
function isRoundedBySpreadsheet(accounts: readonly string[]): boolean {
  const rounded = accounts.filter(endsInZeros).length
  return rounded > 1 && rounded * 2 >= accounts.filter(isAccount).length
}
