namespace EduAssist.Kernel.Calendar;

/// <summary>A day that a notice of a place makes a day off or a working day.</summary>
/// <param name="Date">The day, whatever day of the week it is.</param>
/// <param name="Name">What it is off or worked for, as users read it: 火把节.</param>
/// <param name="Kind">Off or working.</param>
public sealed record PlaceDay(DateOnly Date, string Name, DayKind Kind);

/// <summary>
/// A notice of a province, a prefecture, a county or a township on its own days (地方放假调休通知): 州庆, festivals of
/// nationalities, days off after a flood. It goes before the State Council's notice in its place, and a narrower place
/// goes before a wider one.
/// </summary>
/// <param name="Place">Where it holds, with all beneath it, as <see cref="Access.ScopePath"/> makes it.</param>
/// <param name="Title">Its title, or number, as users read it.</param>
/// <param name="Days">The days that it names, each once.</param>
public sealed record PlaceNotice(string Place, string Title, IReadOnlyList<PlaceDay> Days);
