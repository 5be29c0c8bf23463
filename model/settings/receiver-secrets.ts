import type { Settings } from "./schema";

/** Every stack secret that telling people of alerts needs, and the setting that names it. */
export function receiverSecrets({
  receivers,
  deadMansSwitch,
}: Settings["alerts"]): { setting: string; secret: string }[] {
  const named = Object.entries(receivers).flatMap(([name, receiver]) => {
    const { telegram, slack, discord, email, pagerduty, webhook } = receiver;
    return Object.entries({
      "telegram.secret": telegram?.secret,
      "slack.secret": slack?.secret,
      "discord.secret": discord?.secret,
      "email.secret": email?.secret,
      "pagerduty.secret": pagerduty?.secret,
      "webhook.urlSecret": webhook?.urlSecret,
      "webhook.secret": webhook?.secret,
    }).map(([key, secret]) => ({ setting: `receivers.${name}.${key}`, secret }));
  });
  return [...named, { setting: "deadMansSwitch.secret", secret: deadMansSwitch?.secret }].flatMap(
    ({ setting, secret }) => (secret === undefined ? [] : [{ setting, secret }]),
  );
}
