import { commands } from '../../src/commands/index.ts'
import { say } from '../../src/locales/write.ts'
import { startShortcut } from './listeners.ts'
import { botScopes, userScopes } from './scopes.ts'

/** Slack's limit for the hint behind a slash command. */
const longestHint = 1000

/**
 * What Slack has to know of the app (https://docs.slack.dev/reference/app-manifest), made from the list of commands.
 * `origin` is where Slack reaches us by signed HTTP and for installation; null: Socket Mode alone.
 */
export function manifestOf(command: string, origin: string | null): object {
  const events = origin === null ? {} : { request_url: `${origin}/slack/events` }
  const redirect = origin === null ? {} : { redirect_urls: [`${origin}/slack/oauth_redirect`] }
  return {
    display_information: {
      name: 'Focus Mate',
      description: say('slack.manifest.description', 'en'),
      long_description: say('slack.manifest.long', 'en'),
      background_color: '#4F5BD5',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'Focus Mate', always_online: true },
      shortcuts: [
        {
          name: say('slack.shortcut.start', 'en'),
          type: 'global',
          callback_id: startShortcut,
          description: say('command.focus.start.summary', 'en'),
        },
      ],
      slash_commands: [
        {
          command,
          description: say('slack.manifest.description', 'en'),
          usage_hint: hint(),
          should_escape: true,
          ...(origin === null ? {} : { url: `${origin}/slack/events` }),
        },
      ],
    },
    oauth_config: { ...redirect, scopes: { bot: botScopes, user: userScopes, user_optional: userScopes } },
    settings: {
      event_subscriptions: { ...events, bot_events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked', 'user_huddle_changed'] },
      interactivity: { is_enabled: true, ...events, ...(origin === null ? {} : { message_menu_options_url: `${origin}/slack/events` }) },
      org_deploy_enabled: false,
      socket_mode_enabled: origin === null,
      token_rotation_enabled: false,
    },
  }
}

/** The commands people type most, as `start | room create | room list …`. */
function hint(): string {
  const names = commands.filter((command) => command.listed !== false).map((command) => command.name.replace(/^focus /, ''))
  return names.reduce((hint, name) => (hint === '' ? name : hint.length + 3 + name.length > longestHint ? hint : `${hint} | ${name}`), '')
}
