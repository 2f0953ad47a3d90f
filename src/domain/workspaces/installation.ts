import type { WorkspaceId } from '../../kernel/ids.ts'

/** Our app in one Slack workspace, with what is needed to speak there. The token is a secret: it is never logged. */
export type Installation = {
  /** Slack's id of the workspace. */
  readonly team: string
  readonly workspace: WorkspaceId
  readonly name: string
  readonly botUser: string
  readonly token: string
}

/** What Slack tells when the app was installed. `installedBy` is null where a token was set by hand. */
export type ToldInstallation = Omit<Installation, 'workspace'> & { readonly enterprise: string | null; readonly installedBy: string | null }
