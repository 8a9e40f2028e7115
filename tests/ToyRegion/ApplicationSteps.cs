namespace EduAssist.ToyRegion;

/// <summary>第八条：同意时安排的乘车线路。</summary>
internal sealed class Arrangement(FormBinder form)
{
    public string? Route { get; } = form.Text("乘车线路", 20);
}
