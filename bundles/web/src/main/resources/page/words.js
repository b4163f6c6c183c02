// Explains the codes of NUT in words.
const STATUS = {
  OL: ['On line power', 'good'], OB: ['On battery', 'warn'], LB: ['Battery low', 'bad'], HB: ['Battery high', 'warn'],
  RB: ['Replace the battery', 'warn'], CHRG: ['Charging', 'good'], DISCHRG: ['Discharging', 'good'], BYPASS: ['Bypass: not protected', 'warn'],
  CAL: ['Calibrating the runtime', 'good'], OFF: ['Output off', 'warn'], OVER: ['Overloaded', 'bad'], TRIM: ['Lowers the voltage', 'good'],
  BOOST: ['Raises the voltage', 'good'], FSD: ['Forced shutdown', 'bad'], ALARM: ['Alarm', 'warn'], TEST: ['Testing', 'good'],
  ECO: ['Economy mode', 'good'], OVERHEAT: ['Too hot', 'bad'], SD: ['Shutting down', 'bad'],
};
const RANK = ['good', 'grey', 'warn', 'bad'];
const MAIN = ['FSD', 'LB', 'OVERHEAT', 'OVER', 'OB', 'OFF', 'BYPASS', 'RB', 'ALARM', 'OL'];

export const word = code => STATUS[code] ? STATUS[code][0] : code;

/** The tone of a device and the one sentence about it. */
export function state(device) {
  if (!device.health.fresh && !device.status.includes('FSD')) {
    return { tone: 'grey', text: device.health.word === 'stale' ? 'Data is stale' : device.health.word === 'no driver' ? 'Driver is missing'
      : { starting: 'Starting', away: 'Not reachable' }[device.health.word] || 'No connection' };
  }
  const tone = device.status.reduce((worst, code) =>
    RANK[Math.max(RANK.indexOf(worst), RANK.indexOf(STATUS[code] ? STATUS[code][1] : 'good'))], device.status.length ? 'good' : 'grey');
  const main = MAIN.find(code => device.status.includes(code)) || device.status[0];
  return { tone, text: main ? word(main) : 'No status', main };
}

/** The other words of the status. */
export const others = device => {
  const { main } = state(device);
  return device.status.filter(code => code !== main).map(word);
};

/** Seconds as people say them. */
export function duration(seconds) {
  const whole = Math.floor(Number(seconds));
  if (!Number.isFinite(whole) || whole < 0 || String(seconds).trim() === '') return String(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long something took, in seconds; nothing where that is not known. */
export function took(seconds) {
  if (seconds === null || seconds === undefined) return '';
  return seconds < 1 ? `${Number((seconds * 1000).toPrecision(2))} ms` : `${Number(seconds.toPrecision(2))} s`;
}

const UNITS = [
  [/\.voltage(\.|$)(?!status|.*status)/, 'V'], [/\.current(\.|$)(?!status|.*status)/, 'A'], [/\.frequency(\.|$)(?!.*status)/, 'Hz'],
  [/\.temperature(\.|$)(?!.*(status|alarm))/, '°C'], [/^(ups|outlet.*|output.*|input.*)\.realpower/, 'W'], [/\.power(\.nominal|\.maximum|\.minimum)?$/, 'VA'],
  [/^battery\.charge(\.|$)(?!approx|restart)/, '%'], [/\.load(\.|$)(?!.*status)/, '%'], [/\.humidity(\.|$)(?!.*(status|alarm))/, '%'],
  [/^battery\.capacity/, 'Ah'], [/\.efficiency$/, '%'],
  [/^battery\.runtime/, 's'], [/\.(delay|timer)\./, 's'], [/pollinterval|pollfreq|maxage/, 's'],
];

/** The unit of a variable's number; empty for what has none. */
export function unit(name, value) {
  if (!/^[+-]?\d+(\.\d+)?$/.test(value)) return '';
  const found = UNITS.find(([pattern]) => pattern.test(name));
  return found ? found[1] : '';
}

/** A value with its unit. */
export function shown(name, value) {
  const of = unit(name, value);
  if (of === 's' && Number(value) >= 60) return `${value} s (${duration(value)})`;
  return of ? `${value} ${of}` : value;
}

export const FIGURES = [
  { series: 'charge', name: 'battery.charge', label: 'Charge', unit: '%', low: 0, high: 100 },
  { series: 'runtime', name: 'battery.runtime', label: 'Estimated runtime left', unit: 's', low: 0 },
  { series: 'load', name: 'ups.load', label: 'Load', unit: '%', low: 0 },
  { series: 'input', name: 'input.voltage', label: 'Input', unit: 'V' },
  { series: 'output', name: 'output.voltage', label: 'Output', unit: 'V' },
];

export const figure = (of, value) => of.unit === 's' ? duration(value) : /^[+-]?\d/.test(value) ? `${value} ${of.unit}` : value;

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
export const moment = millis => time.format(new Date(millis));

const WHAT = [
  [/^load\.off\.delay/, 'The UPS switches its output off after its delay. Everything on it loses its power.', true],
  [/^load\.off/, 'The UPS switches its output off at once. Everything on it loses its power, and no machine is shut down before.', true],
  [/^load\.cycle/, 'The UPS switches its output off and on again. Everything on it loses its power.', true],
  [/^load\.on/, 'The UPS switches its output on.', false],
  [/^shutdown\.stop/, 'The UPS calls off a shutdown that is under way.', false],
  [/^shutdown\./, 'The UPS switches its output off, at once or after its delay. Everything on it loses its power, and no machine is shut down before.', true],
  [/^driver\.killpower/, 'The driver tells the UPS to switch its output off. Everything on it loses its power.', true],
  [/^outlet\..*(off|cycle|shutdown)/, 'What hangs on this outlet loses its power.', true],
  [/^outlet\..*on/, 'The outlet is switched on.', false],
  [/^bypass\.start/, 'The load runs on the mains past the UPS. It is not protected meanwhile.', true],
  [/^calibrate\.start/, 'The UPS runs on its battery until that is nearly empty. An outage during this time finds no reserve.', true],
  [/^test\.battery\.start/, 'The UPS runs on its battery for a while. If the battery is bad, the load may lose its power.', true],
  [/^test\./, 'The UPS tests itself.', false],
  [/^driver\.reload/, 'The driver reads its settings again. The power is not touched.', false],
  [/^beeper\./, 'Only the beeper changes. The power is not touched.', false],
];

/** What a command does, and whether the load is at risk. */
export function consequence(command, description) {
  const known = WHAT.find(([pattern]) => pattern.test(command));
  if (known) return { text: known[1], risk: known[2] };
  return { text: description || 'What this command does is not known here: the manual of the device tells.', risk: true };
}

const ERRORS = {
  'ACCESS-DENIED': 'This user may not do that. The lines actions and instcmds of upsd.users give the right.',
  READONLY: 'This variable cannot be written.', 'TOO-LONG': 'The text is longer than the device takes.',
  'INVALID-VALUE': 'The device does not take this value: it is outside of the range, none of the choices, too long, or has letters that the device does not know.',
  'INVALID-ARGUMENT': 'The device does not take this value.', 'SET-FAILED': 'The device did not take the value.',
  'DATA-STALE': 'The device does not answer at the moment. Try again when its data is fresh.',
  'DRIVER-NOT-CONNECTED': 'The driver of the device does not run.', UNKNOWN: 'The driver does not know this command or variable.',
  'FEATURE-NOT-CONFIGURED': 'This is not configured:',
  FAILED: 'The device refused, or did not answer.', 'CMD-NOT-SUPPORTED': 'The device does not offer this command now.',
  'VAR-NOT-SUPPORTED': 'The device has no such variable now.', 'UNKNOWN-UPS': 'There is no such device.',
};

const ALONE = /^there is no command (notify|plan);/;

/** The word of an error as a sentence with the way out. */
export const fault = error => ALONE.test(error.reason)
  ? 'upsmon runs neither in this process nor beside it; where it runs alone, it answers if there was a notify.conf when it started.' : [ERRORS[error.error] || error.error, error.reason].filter(Boolean).join(' ');
