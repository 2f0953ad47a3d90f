import { isForTesting, type Layer, layerOf, nounOf, startsSurfaces, surfaceOf } from './places.ts'
import type { Import, Source } from './sources.ts'

/** A sentence for each place that breaks the rule: where, what, and what to do instead. */
export type Rule = (sources: readonly Source[]) => string[]

const belowRoof: readonly Layer[] = ['ground', 'domain', 'screens', 'commands', 'reactions']
const mayImport: Record<Layer, readonly Layer[]> = {
  ground: ['ground'],
  domain: ['ground', 'domain'],
  screens: ['ground', 'domain', 'screens'],
  commands: ['ground', 'domain', 'screens', 'commands'],
  reactions: ['ground', 'domain', 'screens', 'reactions'],
  roof: [...belowRoof, 'roof'],
  surface: [...belowRoof, 'roof', 'surface'],
  testing: [...belowRoof, 'roof', 'surface', 'testing', 'migrations'],
  migrations: [],
}

const eachImport = (sources: readonly Source[], look: (source: Source, imported: Import) => string | null): string[] =>
  sources.filter(({ path }) => !isForTesting(path)).flatMap((source) => source.imports.flatMap((imported) => look(source, imported) ?? []))

export const importsGoDown: Rule = (sources) =>
  eachImport(sources, ({ path }, { from, ours }) => {
    if (!ours) return null
    const [here, there] = [layerOf(path), layerOf(from)]
    if (here === null) return `${path} lies in a folder that no layer knows: put it into one, or name its layer in places.ts.`
    if (isForTesting(from) && surfaceOf(from) === null) return `${path} imports ${from}: the product knows nothing of its tests.`
    if (there === 'surface' && startsSurfaces(path)) return null
    if (there !== null && mayImport[here].includes(there)) return null
    return `${path} (${here}) imports ${from} (${there ?? 'no layer'}): imports only go down. Move what both need to a lower layer, or let an event say it.`
  })

export const surfacesKeepApart: Rule = (sources) =>
  eachImport(sources, ({ path }, { from, ours }) => {
    const [here, there] = [surfaceOf(path), ours ? surfaceOf(from) : null]
    if (here === null || there === null || here === there) return null
    return `${path} imports ${from}: surfaces never import each other. What both need belongs into src.`
  })

const owners: readonly { readonly packages: RegExp; readonly home: RegExp; readonly where: string }[] = [
  { packages: /^(discord\.js|discord-api-types|@discordjs\/.*)$/, home: /^bots\/discord\//, where: 'bots/discord' },
  { packages: /^@slack\//, home: /^bots\/slack\//, where: 'bots/slack' },
  { packages: /^(fastify|@fastify\/.*|eta)$/, home: /^dashboard\//, where: 'dashboard' },
  { packages: /^(postgres|kysely-postgres-js)$/, home: /^src\/(db\/|app\.ts$)/, where: 'src/db and src/app.ts' },
]

export const packagesHaveOneHome: Rule = (sources) =>
  eachImport(sources, ({ path }, { from, ours }) => {
    const owner = ours ? undefined : owners.find(({ packages }) => packages.test(from))
    if (!owner || owner.home.test(path)) return null
    return `${path} imports ${from}: only ${owner.where} may. Say it as data there and translate it at the edge.`
  })

const bareNoun = /^src\/domain\/[a-z-]+\/[a-z-]+\.ts$/
const purePackages = /^(temporal-polyfill|es-hangul|chrono-node|rrule-temporal|csv-parse|iconv-lite)$/
const pureOurs = /^src\/(kernel\/(clock|dates|ids|press|refusal|zones)\.ts|locales\/text\.ts)$/

export const nounsArePure: Rule = (sources) =>
  sources
    .filter(({ path }) => bareNoun.test(path))
    .flatMap(({ path, code, imports }) => [
      ...imports
        .filter(({ from, ours, typeOnly }) => !typeOnly && !(ours ? pureOurs.test(from) || bareNoun.test(from) : purePackages.test(from)))
        .map(
          ({ from }) => `${path} imports ${from}: a noun is pure (shape and rules). Verbs belong into .actions.ts, reads into .queries.ts.`,
        ),
      ...(/\b(async|await|process\.env|Math\.random)\b/.test(code)
        ? [`${path} waits, reads the environment or draws by lot: a noun is pure. Verbs belong into .actions.ts, reads into .queries.ts.`]
        : []),
    ])

export const nounsHaveThreeFiles: Rule = (sources) =>
  sources
    .filter(({ path }) => nounOf(path) !== null && !/^src\/domain\/[a-z-]+\/[a-z-]+(\.(actions|queries))?(\.test)?\.ts$/.test(path))
    .map(
      ({ path }) =>
        `${path}: a noun is noun.ts, noun.actions.ts and noun.queries.ts in a folder of src/domain, with their tests, and nothing else.`,
    )

const runsElsewhere = (path: string): boolean => isForTesting(path) || path.startsWith('migrations/')

export const timeIsAnArgument: Rule = (sources) =>
  sources
    .filter(
      ({ path, code }) =>
        path !== 'src/kernel/clock.ts' && !runsElsewhere(path) && /\bDate\.now\(|\bnew Date\(\s*\)|\bTemporal\.Now\b/.test(code),
    )
    .map(
      ({ path }) => `${path} looks at the clock itself: take tx.now, ctx.now or the app's clock, so that a moved clock moves everything.`,
    )

const sqlClock = /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\bcurrent_(timestamp|date)\b/i

/** Statements: templates tagged `sql`, without what is put into them, and quoted texts. */
const statements = (code: string): string[] =>
  [...code.matchAll(/\bsql(?:<[^`]*?>)?`([^`]*)`|'([^'\n]*)'/g)].map(
    ([, tagged, quoted]) => tagged?.replace(/\$\{[^}]*\}/g, '') ?? quoted ?? '',
  )

export const sqlHasNoClock: Rule = (sources) =>
  sources
    .filter(({ path, code }) => !runsElsewhere(path) && statements(code).some((statement) => sqlClock.test(statement)))
    .map(({ path }) => `${path} asks the database for the time: pass tx.now as a value, so that a moved clock moves everything.`)

/** The other nouns whose verbs each noun uses. */
const verbsUsed = (sources: readonly Source[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const used = new Map<string, Set<string>>()
  for (const { path, imports } of sources) {
    const here = nounOf(path)
    if (here === null || isForTesting(path)) continue
    for (const { from } of imports) {
      const there = /\.actions\.ts$/.test(from) ? nounOf(from) : null
      if (there !== null && there !== here) used.set(here, (used.get(here) ?? new Set()).add(there))
    }
  }
  return used
}

export const verbsRunInNoCircle: Rule = (sources) => {
  const used = verbsUsed(sources)
  const circleFrom = (way: readonly string[]): readonly string[] | null => {
    for (const next of used.get(way.at(-1) ?? '') ?? []) {
      if (next === way[0]) return [...way, next]
      const found = way.includes(next) ? null : circleFrom([...way, next])
      if (found) return found
    }
    return null
  }
  return [...used.keys()].flatMap((noun) => {
    const circle = circleFrom([noun])
    // Each circle is told once, from its first noun by the alphabet.
    if (!circle || [...circle].sort()[0] !== noun) return []
    return [
      `src/domain: ${circle.join(' → ')} use each other's verbs in a circle. Let the lower one emit an event, and a reaction do the rest.`,
    ]
  })
}
