/** Layers from the ground up; a file imports from its own layer and from those below, as far as `mayImport` says. */
export type Layer = 'ground' | 'domain' | 'screens' | 'commands' | 'reactions' | 'roof' | 'surface' | 'testing' | 'migrations'

const folders: readonly (readonly [RegExp, Layer])[] = [
  [/^src\/(kernel|locales|db|bus|events|deliveries)\//, 'ground'],
  [/^src\/domain\//, 'domain'],
  [/^src\/screens\//, 'screens'],
  [/^src\/commands\//, 'commands'],
  [/^src\/reactions\//, 'reactions'],
  [/^src\/testing\//, 'testing'],
  [/^src\/([^/]+\.ts$|demo\/)/, 'roof'],
  [/^(bots|dashboard)\//, 'surface'],
  [/^migrations\//, 'migrations'],
]

/** Null: a place that no rule knows. */
export const layerOf = (path: string): Layer | null => folders.find(([pattern]) => pattern.test(path))?.[1] ?? null

/** 'bots/discord', 'bots/slack', 'dashboard'; null outside the surfaces, and for what plays over all of them. */
export const surfaceOf = (path: string): string | null => /^(bots\/discord|bots\/slack|dashboard)\//.exec(path)?.[1] ?? null

/** The noun that a file of the domain belongs to: the name of its folder. */
export const nounOf = (path: string): string | null => /^src\/domain\/([^/]+)\//.exec(path)?.[1] ?? null

/** Tests and what only tests and developers run: they may look everywhere and have clocks of their own. */
export const isForTesting = (path: string): boolean => /\.test\.ts$|\/(testing|simulator)\/|^bots\/playground\//.test(path)

/** The files of the roof that start the surfaces. */
export const startsSurfaces = (path: string): boolean => /^src\/(main|parts)\.ts$/.test(path)
