/**
 * A button is a command with arguments, so it survives restarts and asks permission like any other way in.
 * `ask` opens the command's form first, filled with `args`, instead of running it.
 */
export type Press = { readonly command: string; readonly args: Readonly<Record<string, string>>; readonly ask?: true }
