/**
 * Every code that Plugboard gives an error or a problem, with what it means and what to do.
 * Codes are stable: they are never renamed or given another meaning. The reference page in `docs/` is made from this list.
 * It is an entry of its own, `plugboard/errors`, so that whoever only declares does not carry the sentences.
 */
export const errorCodes = {
  // Definitions
  definition_invalid: 'A definition has one or more problems. Read `problems`: each has its own code, path and remedy.',
  definition_sealed: 'A definition was extended after it had been implemented or installed. Extend it first.',
  name_invalid: 'A name has the wrong form. Definitions are kebab-case; their members are camelCase.',
  name_taken: 'A name is used twice where it must be unique. Rename one of the two.',
  version_invalid: 'A version is no semantic version (major.minor.patch).',
  schema_not_object: 'A schema must describe an object: use z.object({ … }).',
  schema_not_json:
    'A schema admits values that JSON cannot hold, or transforms them. Entities and stored data must be plain JSON with input equal to output.',
  schema_missing: 'A declaration has no schema where one is required.',
  channel_empty: 'A channel declares no message. Declare one, or drop the channel.',
  cron_invalid: 'A recurrence is no cron expression.',
  capability_unknown: 'A capability is claimed or required that the interface does not declare.',
  builder_identified:
    'A builder gives a schema an id with .meta({ id }), which would make two schemas of one id. Drop the id.',
  builder_failed: 'A builder of an interface threw when it was called with the entities of the definition.',
  rate_limit_invalid: 'A declared rate limit has the wrong form.',
  tag_invalid: 'A tag declaration has the wrong form.',
  column_reserved: 'A column of a table has a name that means something else in a row or filter. Rename it.',
  state_type_missing: 'A state has no type, or one that its definition cannot own.',
  action_input_missing: 'An action declares no input. An action without parameters takes z.object({}).',
  action_output_missing: 'An action declares no output. An action without a result gives z.object({}).',
  secret_name_invalid: 'The name of a secret is not in SCREAMING_SNAKE_CASE.',
  identifier_script_invalid:
    'A script of an `identifier` cannot be used: it does not compile, is too long, or is the name of a file. The message says where.',
  // Extension
  extension_invalid: 'An extend() does not fit its interface. Read `problems`.',
  mapping_invalid: 'The function that maps in an extend() threw, is none, or gave no object.',
  entity_unmapped: 'An entity of the interface is mapped to none of the definition’s own.',
  entity_unknown: 'The interface has no entity of that name.',
  entity_foreign:
    'An entity of the interface is mapped to something that is no entity of the definition. Map it to one of `entities`.',
  entity_field_missing: 'The own entity lacks a field that the interface requires.',
  entity_field_optional: 'A field is optional where the interface requires it.',
  entity_field_type: 'A field of the own entity has another type than in the interface.',
  entity_incompatible: 'The own entity is no refinement of the interface’s, such as a record for an object.',
  member_unknown: 'The interface has no action, event or channel of that name.',
  member_name_taken: 'Two members would have one name. Rename one of them.',
  refinement_incompatible: 'A member of the definition has the name of one of the interface and does not refine it.',
  refinement_unprovable:
    'Whether a member refines the interface’s cannot be proved. Use the same schema, rename the member, or write `assume: true`.',
  interface_implemented_twice:
    'An interface is implemented twice under one name. Give the second extend() a name with { as }.',
  // Implementations
  implementation_invalid: 'An implementation does not fit its definition. Read `problems`.',
  implementation_missing: 'A definition that is installed has no implementation. Give it one with implementedBy().',
  handler_missing:
    'An implementation has no handler for a declared action or message, or for what its code asks of the runtime.',
  handler_unknown: 'An implementation has a handler for something that its definition does not declare.',
  handler_unheard:
    'A handler is for a message, event or action that nothing installed has, so it is never called. Write its name right, or install what has it. It is logged, and stops nothing.',
  // Composition
  composition_invalid: 'A bot does not fit together. Read `problems`.',
  alias_taken: 'Two installations have one alias. Give one of them another.',
  alias_unknown: 'No integration is installed under that alias.',
  channel_unknown: 'The integration has no channel of that name.',
  tool_invalid:
    'What a plugin is given as a tool cannot be one: it does not name an action, the plugin takes no tools, or the input of the action cannot be told to a language model as JSON Schema.',
  configuration_type_unknown: 'The integration has no configuration of that name.',
  configuration_invalid: 'Configuration is missing or does not fit its schema.',
  configuration_missing: 'A required configuration key has no value.',
  environment_missing: 'An environment variable that the configuration asks for is not set.',
  secret_missing: 'A required secret is not set.',
  secret_unknown:
    'A variable PLUGBOARD_SECRET_… of the environment names no secret of the bot. It is logged, and stops nothing.',
  secret_key_missing:
    'The store keeps secrets, and the key that opens them is not set. Set PLUGBOARD_SECRET_KEY or PLUGBOARD_SECRET_KEY_FILE.',
  secret_key_wrong: 'The key that is set is not the one by which the secrets of the store are sealed.',
  secret_key_invalid: 'The key for secrets is no key of 32 bytes. The command `secret key` makes one.',
  secret_unreadable: 'A secret that is kept cannot be opened: it was sealed by another key, moved or changed.',
  secrets_changed: 'Secrets were changed by another process at the same time. Try again.',
  need_unknown: 'The plugin has no need of that name.',
  binding_missing: 'No installed integration meets a need. Install or activate one, or bind the need to one.',
  binding_ambiguous:
    'Several integrations meet a need and none was chosen. Choose one in `dependencies` or by a binding.',
  binding_interface: 'The integration that a need is bound to does not implement the interface.',
  binding_version: 'The integration implements the interface in a version that the need does not accept.',
  binding_capability: 'The integration lacks a capability that the need requires.',
  binding_inactive:
    'The integration that a need is bound to is inactive, because configuration is missing or it is disabled.',
  binding_unproved:
    'The bot demands that integrations have passed the contract suite of the interface, and this one brings no report that says so. The message names what is lacking.',
  binding_requirement_unknown:
    'What bindings are demanded or written as is not known. `bindings.require` takes `suite`.',
  binding_overridden:
    'A binding that was set while the bot ran goes before what its command line, environment or configuration file says: take it back, or say there what was set. Or one of these goes before what the code says, and has not the policies that stand there: write them in its long form. It is logged, and stops nothing.',
  binding_policy_invalid: 'A policy of a binding cannot work: its parts do not fit the need or one another.',
  token_unregistered: 'Nothing is registered for a token of the container.',
  token_taken:
    'Something is registered twice for a token in one scope of the container. Register the other in a scope inside it.',
  dependency_cycle: 'Two registrations of the container need each other.',
  factory_failed: 'A factory or constructor threw while the container created a service. `cause` is what it threw.',
  container_disposed: 'The container has been disposed of and resolves nothing any more.',
  disposal_failed: 'One or more services failed while the container disposed of them.',
  // Run time
  input_invalid: 'The input of an action or workflow does not fit its schema. It was not called or started.',
  output_invalid: 'An integration or plugin gave what does not fit the schema of the output of the action or workflow.',
  payload_invalid: 'The payload of a message or event does not fit its schema.',
  state_invalid: 'The value of a state does not fit its schema.',
  entity_invalid: 'A value is no entity of the bound integration.',
  entity_stale: 'A stored entity belongs to another integration than the one that is bound now.',
  action_unknown: 'The integration, plugin or interface has no action of that name.',
  event_unknown: 'No event of that name is declared.',
  message_type_unknown: 'The channel has no message of that type.',
  state_unknown: 'No state of that name is declared.',
  table_unknown: 'No table of that name is declared.',
  row_unknown: 'There is no row with that id.',
  row_invalid: 'A row does not fit the schema of its table, or holds what cannot be stored as JSON.',
  file_unknown: 'There is no file with that key.',
  file_invalid: 'The key, content type or content of a file has the wrong form.',
  file_too_large: 'A file has more bytes than the bot stores. Start it with a higher `fileLimit`.',
  file_address_invalid:
    'The address of a file was not given out by this installation, or it was changed, or the secret that signs addresses was.',
  file_address_expired: 'The time for which the address of a file was given out is over.',
  workflow_unknown: 'No workflow of that name is declared, or there is none with that id.',
  workflow_invalid: 'A change of a workflow, or a filter of workflows, has the wrong form.',
  workflow_ended: 'The workflow has ended, and changes no more.',
  announcement_invalid:
    'What is published has no topic of 1 to 200 characters, holds what JSON cannot, or is larger than 1 MiB.',
  filter_invalid: 'A filter or order of rows has the wrong form, or names what cannot be compared.',
  cursor_invalid: 'A cursor is none that a page of this list gave.',
  conversation_unknown: 'There is no conversation with that id.',
  user_unknown: 'There is no user with that id.',
  message_unknown: 'There is no message with that id.',
  installation_unknown: 'There is no installation with that alias.',
  channel_disabled: 'The channel is disabled for this installation, so nothing is sent through it.',
  installation_inactive: 'The integration is installed but inactive.',
  registration_failed:
    'The integration could not be registered with its platform, and is used once it is: that is tried again by itself. The message says what failed.',
  identifier_taken:
    'Another installation of the integration has the identifier already, so requests with it could not be told apart.',
  identifier_invalid:
    'An identifier is no text of 1 to 256 characters, or the integration declares no `extractScript`.',
  identifier_unknown: 'A request to the shared webhook of an integration is for none of its installations.',
  identifier_failed: 'A script of the `identifier` of an integration failed on a request.',
  oauth_invalid:
    'What an integration says of OAuth cannot be used: an address that is not https, or no client id. The message says where.',
  oauth_undeclared: 'An access token is asked for, and the integration declares no `oauth`.',
  authorization_needed:
    'Nobody has given the installation access to its platform, or it was taken back. Ask for a link, as the page on OAuth says, and open it.',
  authorization_link_invalid: 'A link for giving access is wrong, too old or was opened before. Ask for another one.',
  authorization_state_invalid:
    'Somebody comes back from a platform without having begun here in the same browser, too late, or for the second time. Begin anew.',
  authorization_denied: 'Whoever was asked did not give access.',
  authorization_failed: 'The platform gave no access although it was asked as it should be. Begin anew.',
  capability_missing: 'The input asks for a capability that the bound integration does not have.',
  vendor_failed: 'The platform answered with an error, or its adapter threw.',
  vendor_unauthorized: 'The platform refused the credentials. Check the configuration of the installation.',
  vendor_rate_limited: 'The platform asks to wait. `retryAfter` says how long, where it is known.',
  vendor_unavailable: 'The platform cannot be reached, or the connection broke.',
  vendor_refused: 'The platform refused the request as wrong.',
  context_exceeded: 'What a model was given is longer than it takes. Give it less.',
  timeout: 'A call took longer than its policy allows.',
  aborted: 'A call was aborted by its caller.',
  rate_limited: 'A rate limit of a binding or integration was reached. `retryAfter` says how long to wait.',
  budget_exceeded: 'The budget of a binding is spent.',
  failover_exhausted: 'Every candidate of a failover failed or could not take the input.',
  stream_broken: 'A stream ended without saying how: neither done nor failed nor aborted.',
  hook_stopped: 'A hook stopped the message, event or action.',
  handler_failed: 'A handler of a plugin or bot threw.',
  handler_crashed: 'The process ended several times while it worked on a message or event, which is put aside.',
  outcome_unknown:
    'The process ended while a message was sent whose channel asks not to send again: nobody knows whether it was sent.',
  lease_lost:
    'Another process has taken over what this one worked on, because it was taken for dead. Nothing of it was stored.',
  dead_letter_unknown: 'There is no dead letter with that id.',
  store_in_use: 'Another process has the embedded store open. Stop it, or run several processes on PostgreSQL.',
  store_missing: 'There is no store where one is to be read. Say where it is.',
  store_newer: 'The store was made by a newer version of Plugboard. Update Plugboard.',
  package_missing: 'A package is not installed that the way in which the bot runs needs. The message names it.',
  store_failed: 'The store cannot be read or written: its disk or server fails, or does not let this process write.',
  move_unfinished:
    'The store is an unfinished copy of another one: a move to it is running, or was interrupted. Move again.',
  move_target_used:
    'A bot has worked in the store that is to be moved to, and what it has there would be lost. Move elsewhere, or delete it first.',
  move_in_use: 'Another process is moving a bot to the same place. Wait for it, or stop it.',
  move_refused:
    'PostgreSQL does not take a row of the store. The message says which, and why. Delete or change it, and move again.',
  move_differs:
    'What was copied is not what was read. No bot starts on the copy. Find out what changes it, and move again.',
  not_running: 'The bot is not running: it has not been started, or it is stopping.',
  address_in_use: 'The port to listen on is taken.',
  address_unavailable: 'This machine cannot listen on that address or port.',
  body_too_large: 'The body of a request exceeds the limit.',
  response_too_large: 'The body of what was fetched exceeds the limit.',
  address_refused:
    'What somebody asked to be fetched is not at a public address, but of this machine or of a network of its own.',
  body_parsed:
    'Something that parses bodies stands before the bot, so that signatures cannot be checked. Mount the bot before it.',
  not_found: 'There is nothing at this path.',
  admin_token_invalid:
    'The admin token is too short, or has what a header cannot carry. The command `secret key` prints a new one.',
  admin_unauthorized: 'The endpoint needs the admin token.',
  request_invalid: 'A request is malformed.',
  argument_invalid: 'A command-line argument is unknown or has no valid value.',
  configuration_file_invalid: 'A configuration file cannot be read or does not have the documented form.',
  internal: 'Plugboard itself failed. This is a defect worth reporting.',
} as const satisfies Record<string, string>

/** A stable code of an error or problem. */
export type ErrorCode = keyof typeof errorCodes
