using System.Net;
using System.Net.Sockets;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Host.Commands;

/// <summary>Whether the server could listen, asked before anything is stored.</summary>
internal static class ListeningPorts
{
    /// <exception cref="OperatorException">A port is taken, or may not be had: one line with the remedy.</exception>
    internal static void Check(IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            var address = new Uri(url);
            if (address.Port == 0)
                continue;
            // what is no address of this machine is a name, and the server then listens to all
            var ip =
                address.Host == "localhost" ? IPAddress.Loopback
                : IPAddress.TryParse(address.Host.Trim('[', ']'), out var known) ? known
                : IPAddress.Any;
            try
            {
                using var listener = new TcpListener(ip, address.Port);
                listener.Start();
            }
            catch (SocketException taken)
            {
                throw Refused(url, taken.SocketErrorCode, taken);
            }
        }
    }

    internal static OperatorException Refused(string urls, SocketError why, Exception cause) =>
        new(
            $"不能在 {urls} 上监听："
                + why switch
                {
                    SocketError.AddressAlreadyInUse =>
                        "端口已被占用，也许服务已经在运行。请停止占用它的程序，或者用 --urls 换一个端口",
                    SocketError.AccessDenied => "没有权限用这个端口（1024 以下的须有特权）。请用 --urls 换一个端口",
                    _ => "本机没有这个地址，或者不能用它。请用 --urls 换一个地址",
                }
                + "，例：--urls http://127.0.0.1:5081",
            cause
        );
}
