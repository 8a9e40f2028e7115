using EduAssist.Bench;
using EduAssist.Chuxiong;
using EduAssist.Guizhou;
using EduAssist.Kernel.Calendar;
using EduAssist.National;
using EduAssist.Platform;

if (args is ["odata", .. var cap])
{
    await Pages.RunAsync(cap is [var address] ? new(address) : null);
    return;
}

if (args is ["province", .. var postgres])
{
    await Provinces.RunAsync(postgres is [var server] ? server : null, 1_000_000);
    return;
}

var instance = Instance.Compose(
    [new NationalModule(), new ChuxiongModule()],
    _ => null,
    new HolidayFolder("").Table(),
    TimeProvider.System
);
var programme = instance.Catalogue.Programme("chuxiong.vocational-class")!;
Console.WriteLine($".NET {Environment.Version}, {Environment.ProcessorCount} cores");

// first, while the process holds nothing else
var roster = RosterRun.Create(instance, programme, 100_000);

var intake = await IntakeRun.CreateAsync(instance, 20_000);

using var decisions = new Decisions(instance, programme, Student.Some(20_000));
decisions.Agree();
var sides = Peers.Measure(decisions.Count, 2, decisions.Ours, decisions.Theirs, decisions.OurJson, decisions.TheirJson);
var (ours, theirs, ourJson, theirJson) = (sides[0], sides[1], sides[2], sides[3]);

// last, with an instance of its own, so that the rows above are measured as they would be without it
var province = Instance.Compose(
    [new NationalModule(), new GuizhouModule()],
    _ => null,
    new HolidayFolder("").Table(),
    TimeProvider.System
);
var guides = new Guides(province, province.Catalogue.Programme("guizhou.return-to-school")!, 20_000);
guides.Agree();
var guideSides = Peers.Measure(guides.Count, 2, guides.Ours, guides.Theirs);
var (ourGuide, theirGuide) = (guideSides[0], guideSides[1]);

Console.WriteLine();
Console.WriteLine("| work | ours | peer | ratio | target | met |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
AtLeast("one decision in process, its findings read; peer: hand-written", ours, theirs, 0.9);
Limit("allocated for it", $"{ours.Bytes:0} B", $"{theirs.Bytes:0} B", ours.Bytes, 300, "≤ 300 B");
Limit(
    "1 M students of one programme, one core",
    $"{1e6 / ours.PerSecond:0.00} s",
    $"{1e6 / theirs.PerSecond:0.00} s",
    1e6 / ours.PerSecond,
    1,
    "≤ 1 s"
);
AtLeast("JSON line in, JSON line out; peer: JsonSerializer at both ends", ourJson, theirJson, 3);
AtLeast("JSON line in, JSON line out; peer: our decision in process", ourJson, ours, 0.25);
Console.WriteLine(
    $"| one guide decision in process, its situations read; peer: hand-written | {ourGuide.PerSecond / 1e6:0.00} M/s, {ourGuide.Bytes:0} B | {theirGuide.PerSecond / 1e6:0.00} M/s, {theirGuide.Bytes:0} B | {ourGuide.Over(theirGuide):0.00} | none | |"
);
Console.WriteLine(
    $"| roster of {roster.Rows} rows, CSV in, results out | {roster.PerSecond:0} rows/s, at most {roster.Megabytes.Peak:0} MB (before: {roster.Megabytes.Before:0} MB) | | | none | |"
);
var (import, plain) = (Measured.Median(intake.Import), Measured.Median(intake.Plain));
Console.WriteLine(
    $"| import of {intake.Rows} pupils with guardians and rolls, CSV in, SQLite; peer: plain ADO.NET that inserts the same rows | {intake.Rows / import:0} rows/s | {intake.Rows / plain:0} rows/s | {Measured.Median([.. intake.Import.Zip(intake.Plain, (ours, theirs) => theirs / ours)]):0.00} | ≥ 5 000 rows/s | {Met(intake.Rows / import >= 5000)} |"
);
Console.WriteLine(
    $"| the same list again, nothing changes | {intake.Rows / Measured.Median(intake.Again):0} rows/s | | | none | |"
);
Console.WriteLine($"| longest wait of another act meanwhile | {Measured.Median(intake.Held):0.00} s | | | none | |");
Console.WriteLine();
Console.WriteLine(
    $"Rounds, ns a row: ours {List(ours)}; hand {List(theirs)}; our JSON {List(ourJson)} ({ourJson.Bytes:0} B); their JSON {List(theirJson)} ({theirJson.Bytes:0} B); our guide {List(ourGuide)}; hand-written guide {List(theirGuide)}"
);

static void AtLeast(string work, Measured us, Measured peer, double target) =>
    Console.WriteLine(
        $"| {work} | {us.PerSecond / 1e6:0.00} M/s | {peer.PerSecond / 1e6:0.00} M/s | {us.Over(peer):0.00} | ≥ {target} × | {Met(us.Over(peer) >= target)} |"
    );

static void Limit(string work, string us, string peer, double value, double limit, string target) =>
    Console.WriteLine($"| {work} | {us} | {peer} | | {target} | {Met(value <= limit)} |");

static string Met(bool met) => met ? "yes" : "no";

static string List(Measured side) => string.Join(' ', side.Nanoseconds.Select(n => $"{n:0}"));
