/** The style of the page. It stands in the page itself, which its content security policy allows by the hash of this text. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f9;
  --surface: #ffffff;
  --text: #1d1d26;
  --quiet: #5d5d6d;
  --line: #dcdce5;
  --accent: #5040c8;
  --accent-strong: #4031ad;
  --on-accent: #ffffff;
  --good: #1b7f4b;
  --bad: #b3261e;
  --bad-ground: #fdecea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131318;
    --surface: #1f1f28;
    --text: #ececf3;
    --quiet: #a5a5b6;
    --line: #34343f;
    --accent: #6a5ae0;
    --accent-strong: #b3a9ff;
    --on-accent: #ffffff;
    --good: #56c98b;
    --bad: #ff9d94;
    --bad-ground: #3a1f1d;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; margin: 0; }
body {
  display: flex;
  flex-direction: column;
  height: 100dvh;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent-strong); outline-offset: 2px; }
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

header, .composer, .notice, .editing {
  flex: none;
  padding-inline: max(1rem, env(safe-area-inset-left), calc((100% - 46rem) / 2));
}
header {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  padding-block: 0.625rem;
  background: var(--surface);
  border-bottom: 1px solid var(--line);
}
.who { flex: 1; min-width: 0; }
h1 { margin: 0; font-size: 1.0625rem; line-height: 1.3; overflow-wrap: anywhere; }
.state { display: flex; align-items: center; gap: 0.4rem; margin: 0; font-size: 0.8125rem; color: var(--quiet); }
.state::before { content: ''; flex: none; width: 0.5rem; height: 0.5rem; border-radius: 50%; background: var(--quiet); }
.state.connected::before { background: var(--good); }
.state.offline::before { background: var(--bad); }

.quiet {
  min-height: 2.75rem;
  padding: 0.25rem 0.875rem;
  background: none;
  border: 1px solid var(--line);
  border-radius: 1.375rem;
  font-size: 0.875rem;
}
.quiet:hover { border-color: var(--quiet); }
.badge { margin-inline-start: 0.25rem; padding: 0.0625rem 0.5rem; background: var(--accent); border-radius: 1rem; color: var(--on-accent); font-size: 0.75rem; white-space: nowrap; }

main { flex: 1; display: flex; min-height: 0; }
.log {
  position: relative; /* What is unseen stays inside of it, or the whole page would scroll too. */
  flex: 1;
  min-width: 0;
  overflow-y: auto;
  overscroll-behavior: contain;
  padding: 1.25rem max(1rem, env(safe-area-inset-left), calc((100% - 46rem) / 2));
}
.log:focus-visible { outline-offset: -3px; }
.earlier { display: block; margin: 0 auto 1rem; }
#list { display: flex; flex-direction: column; gap: 0.875rem; margin: 0; padding: 0; list-style: none; }
.message { display: flex; flex-direction: column; align-items: flex-start; align-self: flex-start; max-width: min(85%, 36rem); }
.message.visitor { align-items: flex-end; align-self: flex-end; }
.message:has(> .wide) { align-self: stretch; max-width: 100%; }
.line.wide { width: 100%; }
.line { display: flex; align-items: center; max-width: 100%; }
.visitor .line { flex-direction: row-reverse; }
.more {
  flex: none;
  min-width: 2.75rem;
  min-height: 2.75rem;
  padding: 0;
  background: none;
  border: 0;
  border-radius: 50%;
  color: var(--quiet);
}
.more:hover, .entry:hover { background: var(--line); }
.menu, .reactions { display: flex; flex-wrap: wrap; gap: 0.25rem; margin-top: 0.25rem; }
.menu { padding: 0.25rem; background: var(--surface); border: 1px solid var(--line); border-radius: 1.125rem; }
.entry, .reaction { min-width: 2.75rem; min-height: 2.75rem; padding: 0 0.625rem; background: none; border: 0; border-radius: 1.375rem; }
.reaction { border: 1px solid var(--line); background: var(--surface); }
.reaction[aria-pressed='true'] { border: 2px solid var(--accent-strong); }
.deleted .bubble { background: none; border-color: var(--line); color: var(--quiet); font-style: italic; }
.bubble {
  min-width: 0;
  max-width: 100%;
  padding: 0.5625rem 0.875rem;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 1.125rem 1.125rem 1.125rem 0.3125rem;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.visitor .bubble {
  background: var(--accent);
  border-color: transparent;
  border-radius: 1.125rem 1.125rem 0.3125rem 1.125rem;
  color: var(--on-accent);
}
.bubble a { color: var(--accent-strong); }
.visitor .bubble a { color: inherit; }
.bubble img, .bubble video { display: block; max-width: 100%; max-height: 20rem; margin: 0.25rem 0; border-radius: 0.625rem; }
.bubble audio { display: block; width: 18rem; max-width: 100%; margin: 0.25rem 0; }
.bubble p { margin: 0; }
.bubble .part + .part { margin-top: 0.5rem; }
.file { min-height: 2.75rem; padding: 0; background: none; border: 0; color: inherit; text-align: start; text-decoration: underline; overflow-wrap: anywhere; }
a.file { display: inline-flex; align-items: center; }
.carousel { display: flex; flex: 0 1 auto; min-width: 0; gap: 0.75rem; max-width: 100%; margin: 0; padding: 0.25rem; overflow-x: auto; scroll-snap-type: x proximity; list-style: none; }
.carousel .bubble { flex: none; width: min(15rem, 80%); scroll-snap-align: start; border-radius: 1.125rem; }
.markdown { white-space: normal; }
.markdown > * { margin-top: 0.5rem; }
.markdown > :first-child { margin-top: 0; }
.markdown ul { list-style: disc; }
.markdown :is(h2, h3, h4, h5, h6) { margin-bottom: 0; font-size: 1rem; line-height: 1.4; }
.markdown h2 { font-size: 1.125rem; }
.markdown :is(ul, ol) { margin-bottom: 0; padding-inline-start: 1.375rem; }
.markdown pre { margin-bottom: 0; padding: 0.625rem 0.75rem; background: var(--ground); border-radius: 0.625rem; overflow-x: auto; }
.markdown code { font: 0.875em/1.5 ui-monospace, monospace; background: var(--ground); border-radius: 0.25rem; padding: 0.0625rem 0.25rem; }
.markdown pre code { padding: 0; }
.markdown blockquote { margin-inline: 0; padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--line); color: var(--quiet); }
.markdown hr { border: 0; border-top: 1px solid var(--line); }
.markdown .table { overflow-x: auto; }
.markdown table { border-collapse: collapse; }
.markdown :is(th, td) { padding: 0.25rem 0.625rem; border: 1px solid var(--line); text-align: start; }
.visitor .bubble .subtitle { color: inherit; }
.bubble .subtitle { color: var(--quiet); font-size: 0.9375rem; }
.pending .bubble { opacity: 0.65; }
.draft .bubble::after {
  content: '';
  display: inline-block;
  width: 0.4375rem;
  height: 1em;
  margin-inline-start: 0.1875rem;
  vertical-align: text-bottom;
  background: var(--quiet);
}
.choices { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.5rem; }
.choice {
  display: inline-flex;
  align-items: center;
  min-height: 2.75rem;
  padding: 0.25rem 1rem;
  background: var(--surface);
  border: 1px solid var(--accent-strong);
  border-radius: 1.375rem;
  color: var(--accent-strong);
  text-align: start;
  text-decoration: none;
  white-space: normal;
  overflow-wrap: anywhere;
}
.choice:hover { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
select {
  min-height: 2.75rem;
  max-width: 100%;
  padding: 0 0.75rem;
  background: var(--surface);
  border: 1px solid var(--accent-strong);
  border-radius: 1.375rem;
  font: inherit;
  color: inherit;
}
.typing { margin: 0.875rem 0 0; }
.dots { display: inline-flex; gap: 0.3125rem; padding: 0.8125rem 0.875rem; background: var(--surface); border: 1px solid var(--line); border-radius: 1.125rem 1.125rem 1.125rem 0.3125rem; }
.dots i { width: 0.4375rem; height: 0.4375rem; border-radius: 50%; background: var(--quiet); }
.meta { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.5rem; margin: 0.1875rem 0.375rem 0; font-size: 0.75rem; color: var(--quiet); }
.failed .meta { color: var(--bad); }
.again {
  min-height: 1.5rem;
  padding: 0 0.25rem;
  background: none;
  border: 0;
  color: inherit;
  font-weight: 600;
  text-decoration: underline;
}

.notice { padding-block: 0.5rem; background: var(--bad-ground); color: var(--bad); font-size: 0.875rem; }
.notice p { margin: 0; }
.editing { display: flex; align-items: center; gap: 0.75rem; padding-block: 0.375rem; background: var(--surface); border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.875rem; }
.editing p { flex: 1; margin: 0; }
.composer {
  display: flex;
  align-items: flex-end;
  gap: 0.5rem;
  padding-block: 0.75rem max(0.75rem, env(safe-area-inset-bottom));
  background: var(--surface);
  border-top: 1px solid var(--line);
}
textarea {
  flex: 1;
  min-width: 0;
  min-height: 2.75rem;
  max-height: 9rem;
  padding: 0.5625rem 0.875rem;
  background: var(--ground);
  border: 1px solid var(--quiet);
  border-radius: 1.375rem;
  resize: none;
  field-sizing: content;
}
textarea:focus-visible { border-color: transparent; outline-offset: -1px; }
textarea::placeholder { color: var(--quiet); opacity: 1; }
.send {
  min-height: 2.75rem;
  padding: 0 1.25rem;
  background: var(--accent);
  border: 0;
  border-radius: 1.375rem;
  color: var(--on-accent);
  font-weight: 600;
}
.send:hover { filter: brightness(1.1); }
.attach { flex: none; display: grid; place-items: center; width: 2.75rem; height: 2.75rem; padding: 0; background: none; border: 0; border-radius: 50%; color: var(--quiet); }
.attach:hover { background: var(--line); }

.panel { width: min(26rem, 100vw - 2rem); max-height: min(36rem, 100dvh - 2rem); padding: 0; background: var(--surface); border: 1px solid var(--line); border-radius: 1.125rem; color: var(--text); }
.panel::backdrop { background: rgb(0 0 0 / 45%); }
.sheet { padding: 1rem; }
.top { display: flex; align-items: center; justify-content: space-between; gap: 0.75rem; }
.top h2 { margin: 0; font-size: 1.0625rem; }
.panel ul { display: flex; flex-direction: column; gap: 0.25rem; margin: 0.75rem 0; padding: 0; list-style: none; }
.conversation { display: flex; align-items: center; gap: 0.625rem; width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; background: none; border: 1px solid transparent; border-radius: 0.75rem; text-align: start; }
.conversation:hover { background: var(--ground); }
.conversation[aria-current] { border-color: var(--accent-strong); }
.conversation .title { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.conversation .day { flex: none; color: var(--quiet); font-size: 0.75rem; }
.conversation .new { flex: none; padding: 0.0625rem 0.5rem; background: var(--accent); border-radius: 1rem; color: var(--on-accent); font-size: 0.75rem; }
.forget { width: 100%; color: var(--bad); }
.leave { min-width: 2.75rem; padding: 0; font-size: 1.25rem; line-height: 1; }
@media (max-width: 26rem) {
  .long { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  header { gap: 0.375rem; }
  .quiet { padding-inline: 0.625rem; }
  .send { padding-inline: 0.875rem; }
}
@media (prefers-reduced-motion: no-preference) {
  .message { animation: come 0.16s ease-out; }
  .message.settled { animation: none; }
  .draft .bubble::after { animation: blink 1s step-end infinite; }
  .dots i { animation: bounce 1.2s ease-in-out infinite; }
  .dots i:nth-child(2) { animation-delay: 0.15s; }
  .dots i:nth-child(3) { animation-delay: 0.3s; }
  @keyframes bounce { 0%, 60%, 100% { transform: none; } 30% { transform: translateY(-0.25rem); } }
  @keyframes blink { 50% { opacity: 0; } }
  @keyframes come { from { opacity: 0; transform: translateY(0.375rem); } }
}
@media (forced-colors: active) {
  .state::before { forced-color-adjust: none; }
}
`
